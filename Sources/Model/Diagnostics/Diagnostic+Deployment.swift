/// What containers, volumes, networks and images can't be, and settings without effect.
extension Diagnostic {
  static func requestOverLimit(_ request: SettingInfo, _ limit: SettingInfo, _ model: Configuration) -> Diagnostic {
    Diagnostic(
      .error,
      "request-over-limit",
      "Kubernetes refuses a request over its limit: \(model.named(request)) is more than \(model.named(limit))",
      among: [request, limit],
      of: model
    ).mended(
      in: model,
      by: [.lower(request, model.resolved(limit).value), .raise(limit, model.resolved(request).value)]
    )
  }

  static func memoryTooSmall(_ model: Configuration, _ limit: SettingInfo) -> Diagnostic {
    let series = Settings.seriesPerNode.info
    // A quarter more than expected, in steps of 64 MiB.
    let steps = Int((model.queueMemoryBytes * 1.25 / 67_108_864).rounded(.up))
    return Diagnostic(
      .warning,
      "memory-too-small",
      "the queue takes about \(sizeText(model.queueMemoryBytes)) of \(model.named(limit)): "
        + "\(sizeText(Configuration.programBytes)) + \(model.named(series)) x \(sizeText(Configuration.seriesBytes)) + "
        + "\(sizeText(model.inFlightBytes)) on its way",
      among: [series, limit],
      of: model
    ).mended(in: model, by: [.raise(limit, .size(steps * 64, "Mi"))])
  }

  static func updateLosesQueue(_ model: Configuration) -> Diagnostic {
    let (kind, strategy) = (Settings.storageKind.info, Settings.updateStrategy.info)
    return Diagnostic(
      .warning,
      "update-loses-queue",
      "a volume of \(model.named(kind)) goes with its pod, and with \(model.named(strategy)) a roll-out replaces every pod: in a "
        + "partition what is unsent is lost",
      among: [kind, strategy],
      of: model
    ).mended(
      in: model,
      by: [
        .set(strategy, UpdateStrategy.onDelete.scalar), .set(kind, StorageKind.hostPath.scalar),
        .set(kind, StorageKind.statefulSetPVC.scalar),
      ]
    )
  }

  static func keyWithoutQueue(_ model: Configuration) -> Diagnostic {
    let (key, kind) = (Settings.kmsKey.info, Settings.storageKind.info)
    return Diagnostic(
      .note,
      "queue-unencrypted",
      "\(model.named(key)) doesn't cover the queue: with \(model.named(kind)) it lies on the node's own disk",
      among: [key, kind],
      of: model
    ).mended(
      in: model,
      by: [.set(kind, StorageKind.statefulSetPVC.scalar)],
      otherwise: "encrypt the nodes' disks in their launch template"
    )
  }

  static func policiesNotEnforced(_ model: Configuration) -> Diagnostic {
    let addons = Settings.manageAddons.info
    return Diagnostic(
      .note,
      "policies-unenforced",
      "NetworkPolicies do nothing, the one of a partition drill included, until vpc-cni has enableNetworkPolicy: "
        + model.named(addons),
      among: [addons],
      of: model
    ).mended(in: model, by: [.set(addons, .boolean(true))], otherwise: "see to it that something enforces them")
  }

  static func noSuchNetwork(_ info: SettingInfo, _ model: Configuration) -> Diagnostic {
    Diagnostic(
      .error,
      "bad-format",
      "\(info.path) can't be '\(model.resolved(info).value.written)': its four numbers are at most 255, its prefix at most 32",
      among: [info],
      of: model
    ).mended(in: model, by: [.set(info, info.defaultValue)], otherwise: "what the cluster has")
  }

  static func networksOverlap(_ model: Configuration) -> Diagnostic {
    let settings = [Settings.serviceCIDR.info, Settings.vpcCIDR.info]
    return Diagnostic(
      .error,
      "networks-overlap",
      "\(model.named(settings[0])) and \(model.named(settings[1])) share addresses",
      among: settings,
      of: model,
      help: "'aws eks describe-cluster' shows both: kubernetesNetworkConfig.serviceIpv4Cidr and the VPC's"
    )
  }

  static func imageWithoutTools(_ model: Configuration) -> Diagnostic {
    let image = Settings.prometheusImage.info
    return Diagnostic(
      .error,
      "image-without-tools",
      "a distroless image has no wget and no cat, which the operational procedures run in the pod",
      among: [image],
      of: model
    ).mended(in: model, by: [.set(image, model.standardValue(of: image))])
  }

  static func imageOfOtherVersion(_ version: String, _ model: Configuration) -> Diagnostic {
    let (image, setting) = (Settings.prometheusImage.info, Settings.prometheusVersion.info)
    return Diagnostic(
      .error,
      "image-of-other-version",
      "\(model.named(image)) is Prometheus \(version), and everything is rendered for \(model.named(setting))",
      among: [image, setting],
      of: model
    ).mended(in: model, by: [.set(setting, .text(version)), .set(image, model.standardValue(of: image))])
  }

  static func withoutEffect(_ info: SettingInfo, because other: SettingInfo, _ model: Configuration) -> Diagnostic {
    Diagnostic(
      .note,
      "without-effect",
      "\(model.path(of: info)) changes nothing with \(model.named(other))",
      among: [info],
      of: model,
      help: "delete it, or change \(model.path(of: other))"
    )
  }

  static func resilienceIsOff(_ model: Configuration, _ idle: SettingInfo) -> Diagnostic {
    let enabled = Settings.enableNetworkResilience.info
    return Diagnostic(
      .note,
      "resilience-off",
      "nothing comes of \(idle.path): \(model.named(enabled))",
      among: [enabled, idle],
      of: model
    ).mended(in: model, by: [.set(enabled, .boolean(true))])
  }
}
