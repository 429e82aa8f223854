import Agent
import Foundation
import Model
import Spool
import Testing

@Suite struct BridgeTests {
  @Test(arguments: [
    (nil, RequestLabel.transport), (200, .success), (204, .success), (302, .refused), (400, .refused), (404, .refused),
    (408, .serverError), (413, .refused), (429, .throttled), (500, .serverError), (503, .serverError),
  ])
  func requestsByResult(status: Int?, expected: RequestLabel) {
    #expect(RequestLabel(status: status) == expected)
  }

  @Test(arguments: [
    (204, Evidence.acknowledged(sampleCount: 0)), (400, .acknowledged(sampleCount: 0)),
    (413, .acknowledged(sampleCount: 0)),
    (401, .sendFailed(.refused)), (404, .sendFailed(.refused)), (429, .sendFailed(.throttled)),
    (500, .sendFailed(.serverError)), (503, .sendFailed(.serverError)),
  ])
  func answersAreEvidence(status: Int, expected: Evidence) {
    let result = SendResult.answered(status: status, headers: [], body: [])
    #expect(Evidence(result, settledSampleCount: 0) == expected)
    #expect(Evidence(result, settledSampleCount: 5) == .acknowledged(sampleCount: 5))
  }

  @Test(arguments: [
    (ExchangeFailure.Kind.timeout, WriteFailure.timeout), (.tls, .tls), (.connect, .connection),
    (.resolve, .connection),
  ])
  func failuresAreEvidence(kind: ExchangeFailure.Kind, expected: WriteFailure) {
    #expect(Evidence(.failed(ExchangeFailure(kind, "")), settledSampleCount: 0) == .sendFailed(expected))
  }

  @Test func receiverCodesThatAreNotListedAreOther() {
    #expect(ReceiverLabel(status: 204) == .noContent && ReceiverLabel(status: 418) == .other)
  }

  @Test func everyReasonOfTheSenderAndTheSpoolHasItsLabel() {
    for reason in RefusalReason.allCases { #expect(RejectionLabel(rawValue: reason.rawValue) != nil, "\(reason)") }
    let drops = [DropReason.cap, DropReason.full, DropReason.age, DropReason.damaged, DropReason.io]
    let ledger = LedgerSnapshot(
      collected: 31,
      delivered: 0,
      rejected: [:],
      dropped: Dictionary(uniqueKeysWithValues: drops.enumerated().map { ($1, UInt64(1) << $0) }),
      queued: 0,
      deliveredLive: 0,
      deliveredBacklog: 0,
      queuedBacklog: 0
    )
    #expect(ledger.dropped[.diskFull] == 3 && ledger.dropped[.tooOld] == 4 && ledger.dropped[.corrupt] == 8)
    #expect(ledger.dropped[.ioError] == 16 && ledger.dropped[.other] == 0 && ledger.isBalanced)
  }

  @Test func theStatusOfTheSenderAndTheSpoolIsTaken() throws {
    var status = SenderStatus()
    status.attemptedSamples = 10
    status.shardsMax = 7
    status.lastError = ("503", Moment(monotonic: 1, wall: 2))
    let sender = SenderSnapshot(status, shardCapacity: 500)
    #expect(sender.attemptedSamples == 10 && sender.shardCountMax == 7 && sender.shardCapacity == 500)
    #expect(sender.lastError == ErrorSnapshot(message: "503", time: 2))
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("rescfg-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    var disk = try Spool(
      LocalFileSystem(path: directory.path),
      SpoolConfiguration(byteCountMax: 1 << 20, destinations: ["a"])
    ).status
    #expect(SpoolSnapshot(disk, limitBytes: 1).degraded == nil)
    disk.byteCount = 5
    disk.damage.mendedChunks = 3
    disk.degraded = FileError(.write, "1.seg", code: 28)
    let spool = SpoolSnapshot(disk, limitBytes: 100)
    #expect(spool.diskBytes == 5 && spool.mendedChunks == 3 && spool.limitBytes == 100)
    #expect(spool.degraded == "write 1.seg: error 28")
  }
}
