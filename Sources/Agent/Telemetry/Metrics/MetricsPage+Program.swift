import Model

/// What belongs to no queue: the inputs, the program and its process. Each function says whether the metric was one of its own.
extension MetricsPage {
  static func addOfInputs(_ metric: Metric, _ snapshot: AgentSnapshot, to family: inout MetricFamily) -> Bool {
    let scraper = snapshot.scraper
    switch metric {
    case .inputSamples:
      family.add([InputLabel.scrape.rawValue], .count(scraper.samples))
      family.add([InputLabel.receive.rawValue], .count(snapshot.receiver.samples))
    case .scrapeTargets:
      var targets = Tally<TargetLabel>()
      for target in scraper.targets { targets.add(to: target.state) }
      family.add([], targets)
    case .scrapes: family.add([], scraper.scrapes)
    case .scrapeFailures: family.add([], scraper.failures)
    case .scrapesSkipped: family.add([], .count(scraper.skipped))
    case .receiverRequests: family.add([], snapshot.receiver.requests)
    case .limitHits: family.add([], snapshot.limitHits)
    case .seriesTracked: family.add([], .size(snapshot.seriesCount))
    default: return false
    }
    return true
  }

  static func addOfAlerts(_ metric: Metric, _ alerts: AlertsSnapshot, to family: inout MetricFamily) -> Bool {
    switch metric {
    case .alertsFiring: family.add([], alerts.firing)
    case .alertNotifications:
      for (url, results) in alerts.notifications { family.add([url], results) }
    default: return false
    }
    return true
  }

  static func addOfProgram(_ metric: Metric, _ program: ProgramSnapshot, to family: inout MetricFamily) -> Bool {
    let process = program.process
    switch metric {
    case .reloadSuccessful: family.add([], .flag(program.isLastReloadGood))
    case .reloadLastSuccess: family.add([], .milliseconds(program.lastReload))
    case .buildInfo: family.add([program.version], .count(1))
    case .processCPU: family.add([], .milliseconds(process.cpuMilliseconds))
    case .processStart: family.add([], .milliseconds(process.started))
    case .processResidentBytes: family.add([], .count(process.residentBytes))
    case .processVirtualBytes: family.add([], .count(process.virtualBytes))
    case .processOpenFiles: family.add([], .count(process.openFileCount))
    case .processMaxFiles: family.add([], .count(process.openFileCountMax))
    default: return false
    }
    return true
  }
}
