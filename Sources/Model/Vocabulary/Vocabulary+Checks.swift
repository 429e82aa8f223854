extension Vocabulary {
  /// What is wrong with scrape configs and rules whatever the release, for the reader of a file.
  public static func problems(scrapeConfigs: [Node], extraRules: [Node]) -> [Diagnostic] {
    ScrapeConfig.problems(ofAll: scrapeConfigs) + extraRules.flatMap { VocabularyWalk.problems(of: $0, .rule) }
  }
}

extension Check {
  /// Fields that the chosen release doesn't know stop Prometheus at its start.
  static let vocabularyOfVersion = Check(of: Settings.prometheusVersion.info, Settings.collector.info) { model in
    let version = model[Settings.prometheusVersion]
    let isRead = model[Settings.collector].hasPrometheus
    let ofConfigs = (model.scrapeConfigs ?? []).flatMap { Vocabulary.scrapeConfig.gateProblems(of: $0, version) }
    return (isRead ? ofConfigs : []) + model.extraRules.flatMap { Vocabulary.rule.gateProblems(of: $0, version) }
  }

  /// A rule on a name that no series has never fires.
  static let metricsOfVersion = Check(of: Settings.prometheusVersion.info) { $0.extraRulesMetricDiagnostics }

  /// rescfg's own scraper knows four kinds of discovery.
  static let discoveryOfCollector = Check(of: Settings.collector.info) { model in
    if model[Settings.collector].hasPrometheus { return [] }
    return (model.scrapeConfigs ?? []).flatMap(\.pairs).filter { Vocabulary.isPrometheusOnly(discovery: $0.key) }
      .map { .discoveryOnlyInPrometheus($0.key, model, at: $0.keyLocation) }
  }

  /// A scrape ends before the next begins; jobs without an interval have the model's.
  static let scrapeTimeouts = Check(of: Settings.scrapeInterval.info) { model in
    (model.scrapeConfigs ?? []).compactMap { config -> Diagnostic? in
      guard let node = config["scrape_timeout"], let timeout = node.text.flatMap({ PrometheusDuration($0) }) else {
        return nil
      }
      let own = config["scrape_interval"]?.text.flatMap { PrometheusDuration($0) }
      let interval = own ?? model[Settings.scrapeInterval]
      return timeout <= interval ? nil : .timeoutOverInterval(timeout, interval, isOwn: own != nil, at: node.location)
    }
  }
}
