extension Check {
  /// A check that is still waiting when the next begins counts failures twice.
  static let checkEndsBeforeTheNext = Check(of: Settings.checkTimeout.info, Settings.checkInterval.info) { model in
    model[Settings.checkTimeout] < model[Settings.checkInterval] ? [] : [.checkOverlapsNext(model)]
  }

  /// A partition that is declared after the queue may have overflowed helps nobody.
  static let partitionIsSeenInTime = Check(
    of: Settings.partitionThreshold.info,
    Settings.checkInterval.info,
    Settings.survive.info
  ) { model in
    model.detectionMilliseconds < model[Settings.survive].milliseconds ? [] : [.partitionSeenTooLate(model)]
  }
}
