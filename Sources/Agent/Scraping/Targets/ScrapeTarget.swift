internal import Model

/// Something to scrape: where, how often, and the labels that its series get.
public struct ScrapeTarget: Hashable, Sendable {
  public let job: String
  /// Without those that begin with `__`.
  public let labels: Labels
  public let url: String
  public let intervalMilliseconds: Int64
  public let timeoutMilliseconds: Int64

  /// What becomes of a discovered target.
  public enum Resolution: Hashable, Sendable {
    case target(ScrapeTarget)
    /// By relabeling.
    case dropped
    /// It can't be scraped, for a reason that a person has to see.
    case invalid(String)
  }

  /// Adds what the job says, relabels, and reads off the result where to scrape.
  ///
  /// Source: Prometheus' `PopulateLabels`, and the configuration reference on `relabel_configs`.
  /// - Parameters:
  ///   - discovered: labels of the target and its group.
  ///   - addsDefaultPort: whether an address without a port gets 80 or 443, which then stands in `instance`, as in Prometheus 2.
  public static func resolve(_ discovered: Labels, _ job: ScrapeJob, addsDefaultPort: Bool) -> Resolution {
    var labels = discovered
    let ours = [
      ("job", job.name), ("__scrape_interval__", spelled(job.intervalMilliseconds)),
      ("__scrape_timeout__", spelled(job.timeoutMilliseconds)), ("__metrics_path__", job.metricsPath),
      ("__scheme__", job.scheme),
    ]
    for (name, value) in ours where labels[name] == nil { labels[name] = value }
    for parameter in job.parameters {
      let name = parameterPrefix + parameter.name
      if let first = parameter.values.first { labels[name] = first }
    }
    guard job.relabelRules.apply(to: &labels) else { return .dropped }

    let scheme = labels["__scheme__"] ?? "http"
    guard scheme == "http" || scheme == "https" else { return .invalid("'\(scheme.prefix(80))' is no __scheme__") }
    var address = labels["__address__"] ?? ""
    switch TargetAddress.form(address) {
    case .invalid(let reason): return .invalid(reason)
    case .withoutPort where addsDefaultPort: address += scheme == "https" ? ":443" : ":80"
    case .withPort, .withoutPort: break
    }
    guard let interval = milliseconds(labels["__scrape_interval__"]) else {
      return .invalid("__scrape_interval__ is no duration above 0")
    }
    guard let timeout = milliseconds(labels["__scrape_timeout__"]), timeout <= interval else {
      return .invalid("__scrape_timeout__ is no duration above 0 and up to the interval")
    }
    if labels["instance"] == nil { labels["instance"] = address }
    let url = TargetURL.text(
      scheme: scheme,
      address: address,
      path: labels["__metrics_path__"] ?? "/",
      parameters: parameters(of: job, labels)
    )
    labels.removeAll { $0.starts(with: "__".utf8) }
    return .target(
      ScrapeTarget(
        job: job.name,
        labels: labels,
        url: url,
        intervalMilliseconds: interval,
        timeoutMilliseconds: timeout
      )
    )
  }

  private static let parameterPrefix = "__param_"

  /// The job's, whose first values labels may have changed, and those that are labels only.
  private static func parameters(of job: ScrapeJob, _ labels: Labels) -> [ScrapeJob.Parameter] {
    var result = job.parameters.filter { !$0.values.isEmpty }
    for label in labels.texts where label.name.hasPrefix(parameterPrefix) {
      let name = String(label.name.dropFirst(parameterPrefix.count))
      if let index = result.firstIndex(where: { $0.name == name }) {
        result[index].values[0] = label.value
      } else {
        result.append(ScrapeJob.Parameter(name, [label.value]))
      }
    }
    return result
  }

  private static func spelled(_ milliseconds: Int64) -> String {
    PrometheusDuration(milliseconds: Int(milliseconds)).spelling
  }

  private static func milliseconds(_ text: String?) -> Int64? {
    guard let duration = text.flatMap({ PrometheusDuration($0) }), duration.milliseconds > 0 else { return nil }
    return Int64(duration.milliseconds)
  }
}
