internal import Samples

/// Turns the labels that a target exposes into those of the series: the target's own, `honor_labels`, metric relabeling, limits, external labels.
///
/// Source: Prometheus' `mutateSampleLabels` and `verifyLabelLimits`. Called once for each series, not for each sample.
struct SeriesNaming {
  private let target: [Label]
  private let external: [Label]
  private let honorsLabels: Bool
  private let rules: [RelabelRule]
  private let countMax: Int
  private let nameByteCountMax: Int
  private let valueByteCountMax: Int

  init(_ target: ScrapeTarget, _ job: ScrapeJob, _ settings: ScraperSettings) {
    self.target = Array(target.labels)
    external = settings.externalLabels.filter { !$0.value.isEmpty }
      .map { Label(Array($0.name.utf8), Array($0.value.utf8)) }
    honorsLabels = job.honorsLabels
    rules = job.metricRelabelRules
    func bound(_ limit: Int) -> Int { limit > 0 ? limit : .max }
    countMax = bound(job.limits.labelCount)
    nameByteCountMax = bound(job.limits.labelNameByteCount)
    valueByteCountMax = bound(job.limits.labelValueByteCount)
  }

  /// - Parameter labels: as exposed, sorted, empty values included; normalized afterwards.
  /// - Returns: whether the series is kept.
  func name(_ labels: inout LabelSet) throws(ExpositionFailure.Reason) -> Bool {
    if !rules.isEmpty || !honorsLabels && target.contains(where: { labels.contains($0.name.span) }) {
      guard try relabel(&labels) else { return false }
    } else {
      for label in target where !labels.contains(label.name.span) {
        labels.append(name: label.name.span, value: label.value.span)
      }
    }
    try check(labels)
    for label in external where !labels.contains(label.name.span) {
      labels.append(name: label.name.span, value: label.value.span)
    }
    do throws(LabelSet.Failure) { try labels.normalize() } catch { throw .labelValueTooLong }
    return true
  }

  /// The labels of a series that the scraper itself writes for the target, such as `up`.
  func name(ofReport name: String) -> LabelSet {
    var labels = LabelSet([("__name__", name)])
    for label in target { labels.append(name: label.name.span, value: label.value.span) }
    for label in external where !labels.contains(label.name.span) {
      labels.append(name: label.name.span, value: label.value.span)
    }
    do throws(LabelSet.Failure) { try labels.normalize() } catch {
      preconditionFailure("BUG: the labels of a target are \(error)")
    }
    return labels
  }

  private func relabel(_ labels: inout LabelSet) throws(ExpositionFailure.Reason) -> Bool {
    var named = Labels()
    for index in 0..<labels.count { named[labels.name(index)] = labels.value(index) }
    var conflicts: [Label] = []
    for label in target {
      if honorsLabels {
        // Exposed without a value, a label says that the target's own shall not be there.
        if !labels.contains(label.name.span) { named[label.name] = label.value }
      } else {
        if let exposed = named[label.name] { conflicts.append(Label(label.name, exposed)) }
        named[label.name] = label.value
      }
    }
    // Shorter names first, so that `exported_x` of the target doesn't take the place that `x` needs.
    for conflict in conflicts.enumerated().sorted(by: {
      ($0.element.name.count, $0.offset) < ($1.element.name.count, $1.offset)
    }) {
      var name = conflict.element.name
      repeat { name = Array("exported_".utf8) + name } while named[name] != nil
      named[name] = conflict.element.value
    }
    guard rules.apply(to: &named), !named.isEmpty else { return false }
    guard named["__name__"] != nil else { throw .nameRelabeledAway }
    labels.removeAll()
    for label in named { labels.append(name: label.name.span, value: label.value.span) }
    return true
  }

  private func check(_ labels: LabelSet) throws(ExpositionFailure.Reason) {
    var count = 0
    for index in 0..<labels.count {
      let size = labels.byteCounts(index)
      if size.value == 0 { continue }
      count += 1
      if size.name > nameByteCountMax { throw .labelNameTooLong }
      if size.value > valueByteCountMax { throw .labelValueTooLong }
    }
    if count > countMax { throw .tooManyLabels }
  }
}
