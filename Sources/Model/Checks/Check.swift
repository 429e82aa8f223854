/// One statement that settings must keep between them. A check is added by writing a file like its neighbours and naming
/// it in `all`; its wording stands with that of its like in Diagnostics, its arithmetic, which plans share, in Planning.
public struct Check: Sendable {
  /// What it looks at. A setting whose own value is unusable silences its checks: what they would say is not yet known.
  let settings: [SettingInfo]
  let findings: @Sendable (Configuration) -> [Diagnostic]

  init(of settings: SettingInfo..., findings: @escaping @Sendable (Configuration) -> [Diagnostic]) {
    self.settings = settings
    self.findings = findings
  }

  public static let all: [Check] =
    [
      backoffOrder, batchFitsQueue, checkEndsBeforeTheNext, partitionIsSeenInTime, survivalFitsWindow, freshSamplesPass,
      windowIsPossible, gapsAreFoundInTime, windowFitsRetention, survivalFitsDisk, retentionFitsCentralDisk,
      plainPrometheusGuarantee, backlogDrains, shardsCarryTheBacklog, refusedSamplesAreRetried, retryAfterIsShort,
      queueFitsMemory, fillAlertComesInTime, scrapesFitAlertWindows, syncLagAlertIsQuiet, networks,
      policiesAreEnforced, prometheusImage, remoteWriteProtocolIsKnown, centralAddress, centreGetsSignedRequests,
      secretsGoOverTLS, receiverIsNotOpen, updatesKeepTheQueue, keyCoversTheQueue, settingsWithoutEffect,
      resilienceIsOff,
      vocabularyOfVersion, metricsOfVersion, discoveryOfCollector, scrapeTimeouts,
    ] + alertsComeInTime + requestsWithinLimits
}

extension Configuration {
  /// What the settings say against each other, in the order of the file.
  ///
  /// - Parameter unusable: paths of settings that have no value yet.
  public func checked(except unusable: Set<String> = []) -> [Diagnostic] {
    let ofCentre = Check.all
      .filter { check in unusable.isEmpty || !check.settings.contains { unusable.contains($0.path) } }
      .flatMap { $0.findings(self) }
    return (ofCentre + destinationFindings(except: unusable)).sortedByLocation()
  }
}
