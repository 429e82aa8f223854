import Model

/// The model that `rescfg init` writes: the specification's variables in force, every other setting there as a comment
/// with its default and meaning.
///
/// `#` without a space after it is a setting at its default; with the `#` away it is in force.
public func initialModel() -> String {
  var text = """
    # How metrics survive network partitions. 'rescfg check' says what is wrong with it, 'rescfg explain SETTING' what a
    # setting means and where it goes.
    #
    # '#' without a space after it is a setting with its default: delete the '#' (and that of the line which names its
    # group) to change it. Durations: 1h30m, 15s. Sizes: 10Gi, 512Mi.
    version: 1

    """
  for (key, member) in SettingGroup.top.members {
    switch member {
    case .setting(let info): text += "\n" + lines(for: info, indentation: "")
    case .group(let group):
      text += "\n#\(key):\n" + lines(for: group, indentation: "  ")
    }
  }
  return text + sections
}

private func lines(for group: SettingGroup, indentation: String) -> String {
  group.members.map { key, member in
    switch member {
    case .setting(let info): lines(for: info, indentation: indentation)
    case .group(let nested): "\(indentation)#\(key):\n" + lines(for: nested, indentation: indentation + "  ")
    }
  }.joined()
}

private func lines(for info: SettingInfo, indentation: String) -> String {
  let key = info.keys[info.keys.count - 1]
  let unit = info.unit.map { " (\($0))" } ?? ""
  var text = "\(indentation)# \(info.summary).\n\(indentation)# \(capitalized(info.domain.expectation))\(unit).\n"
  if case .choice(let words) = info.domain, words.count <= 20 {
    text += words.map { "\(indentation)#   \($0.word): \($0.meaning)\n" }.joined()
  }
  let value = switchedOn[info.path] ?? info.defaultValue.written
  return text + indentation + (active.contains(info.path) ? "" : "#") + "\(key): \(value)\n"
}

private func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

/// The specification's module variables.
private let active: Set = [
  Settings.enablePrometheusStack.info.path, Settings.enableNetworkResilience.info.path,
  Settings.partitionThreshold.info.path, Settings.syncInterval.info.path, Settings.queueCapacity.info.path,
  Settings.maxBackoff.info.path,
]

/// Who asks for a starting model wants these, as the specification's basic configuration has them.
private let switchedOn = [
  Settings.enablePrometheusStack.info.path: "true", Settings.enableNetworkResilience.info.path: "true",
]

private let sections = """

  # Where samples go beside the centre, each with a queue that keeps its name. Settings are those of 'central'.
  #destinations:
    #dr:
      #kind: mimir
      #url: https://mimir.dr.example
      #out_of_order_window: 24h

  # Labels on every sample beside cluster, node and environment.
  #external_labels:
    #team: core

  # What to scrape, as Prometheus has it. Without it: nodes, pods and services that carry the usual annotations.
  #scrape_configs:
    #- job_name: app
      #static_configs:
        #- targets: ["app:8080"]

  # Rules of your own behind ours, as Prometheus has them.
  #extra_rules:
    #- alert: TargetDown
      #expr: up == 0
      #for: 10m

  # What differs in each environment. Without it every environment is the same.
  #environments:
    #dev:
      #survive: 2h
    #prod:
      #network_partition_threshold: 5

  """
