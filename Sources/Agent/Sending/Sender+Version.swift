import Samples

/// Which remote-write version the receiver takes (remote write 2.0, "Unsupported Request Content" and "Required written headers").
extension Sender {
  /// How long 1.0 is spoken to a receiver that didn't know 2.0, before it is asked again: it may have been updated.
  private static let version2RetryPeriod: Int64 = 3_600_000

  /// What an answer to a 2.0 request says with its counts of what was written.
  func readWritten(_ answer: Answer, _ kind: AnswerClass, _ flight: Flight) -> AnswerClass {
    guard kind == .accepted || kind == .refused else { return kind }
    let names = ["samples", "histograms", "exemplars"]
    let counts = names.map { answer.header("x-prometheus-remote-write-\($0)-written").flatMap { Int($0) } }
    guard counts.contains(where: { $0 != nil }) else {
      // A 1.0 receiver that doesn't look at the content type reads nothing from it and says that all is well; another says that it
      // can't read it. One that is known to speak 2.0 has written nothing.
      if kind == .accepted { return flight.sampleCount == 0 ? .accepted : .unsupported }
      return isVersion2Confirmed ? .refused : .unsupported
    }
    isVersion2Confirmed = true
    let written = max(counts[0] ?? 0, 0) + max(counts[1] ?? 0, 0)
    let sent = flight.currentSampleCount
    if written >= sent { return .accepted }
    // The first answer says how many there are to be found.
    if flight.search == nil { flight.refusedMax = sent - written }
    return .refused
  }

  /// The receiver knows 1.0 only.
  func fallBack(_ now: Moment) {
    version = .v1
    isVersion2Confirmed = false
    version2RetryAt = now.monotonic + Self.version2RetryPeriod
  }

  func retryVersion2(_ now: Moment) {
    guard let due = version2RetryAt, now.monotonic >= due else { return }
    version = configuration.protocol
    version2RetryAt = nil
  }

  /// Spells a 2.0 request as 1.0 does. It is the same messages, so a search among them goes on.
  func downgrade(_ flight: Flight) {
    do throws(ByteReader.Malformed) {
      let messages = messages(of: flight)
      flight.body = Self.compressed(try messages.version1())
      flight.version = .v1
      flight.messages = nil
      if let next = flight.search?.next, flight.partBody != nil {
        flight.partBody = Self.compressed(self.messages(of: flight).body(next))
      }
    } catch {
      preconditionFailure("BUG: a request of ours that can't be read")
    }
  }
}
