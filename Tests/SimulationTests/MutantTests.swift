import Agent
import Model
import Simulation
import Spool
import Testing

/// Mistakes that a queue can make, and that queues of this kind have made: each is put between the agent's code and its world, and
/// each must be caught. A simulation that lets one pass proves nothing.
@Suite struct MutantTests {
  enum Mutant: String, CaseIterable, Sendable {
    case syncDoesNothing, syncEveryOtherTime, directorySyncDoesNothing, failedSyncTriedAgain, failedWriteBelieved
    case writeCutShort, removesOneTooMany
    case answersBeforeTheDisk, answersAlthoughRefused
    case sendingIsDelivering, noAnswerIsSuccess, refusalIsSuccess, internalErrorIsSuccess, overloadIsSuccess
    case anotherRequestsAnswer, forgetsItsQueueAtStart, startsFromAnOldCopy, timersOnTheWallClock
  }

  @Test(arguments: Mutant.allCases)
  func isCaught(mutant: Mutant) throws {
    var options = Self.options(Self.faults(mutant))
    // So small that segments have to go.
    if mutant == .removesOneTooMany { options.spoolByteCountMax = 16 << 10 }
    #expect(try Simulation(options).run().violations == [], "the schedule alone must do no harm")
    options.interference = Self.interference(mutant)
    let violations = try Simulation(options).run().violations
    #expect(!violations.isEmpty, "\(mutant) lives")
  }

  private static let minute: Int64 = 60_000

  private static func options(_ faults: [Fault]) -> SimulationOptions {
    let model = Configuration(environment: "mutants")
      .setting(Settings.durability.info.path, to: Durability.always.scalar)
      .setting(Settings.seriesPerNode.info.path, to: .integer(8))
      .setting(Settings.maxSamplesPerSend.info.path, to: .integer(8))
    var options = SimulationOptions(model: model, nodeCount: 1, faults: faults, seed: 5, duration: 90 * minute)
    options.scale = Scale(model, nodeCount: 1)
    options.spoolByteCountMax = 64 << 10
    return options
  }

  private static func faults(_ mutant: Mutant) -> [Fault] {
    let partition = Fault(.partition(.refused), at: 10 * minute, for: 20 * minute)
    func during(_ kind: Fault.Kind, from start: Int64 = 12, for duration: Int64 = 5) -> Fault {
      Fault(kind, at: start * minute + 5_000, for: duration * minute)
    }
    switch mutant {
    case .syncDoesNothing, .syncEveryOtherTime, .directorySyncDoesNothing:
      return [partition] + (0..<6).map { during(.powerCut, from: 11 + 3 * $0, for: 1) }
    case .failedSyncTriedAgain:
      return [partition, during(.syncErrors, from: 12, for: 4), during(.powerCut, from: 17, for: 1)]
    case .failedWriteBelieved: return [partition, during(.tornWrites)]
    case .answersBeforeTheDisk, .answersAlthoughRefused:
      return [partition, during(.tornWrites), during(.kill, from: 14, for: 1)]
    case .forgetsItsQueueAtStart, .startsFromAnOldCopy: return [partition, during(.kill, from: 20, for: 1)]
    case .refusalIsSuccess: return [during(.poison(seriesCount: 1, status: 400))]
    case .internalErrorIsSuccess: return [during(.brownOut(share: 0.5, status: 500, retryAfterSeconds: nil))]
    case .overloadIsSuccess: return [during(.brownOut(share: 0.5, status: 429, retryAfterSeconds: nil))]
    case .anotherRequestsAnswer: return [during(.brownOut(share: 0.3, status: 502, retryAfterSeconds: nil))]
    case .writeCutShort, .sendingIsDelivering, .noAnswerIsSuccess: return [partition]
    case .removesOneTooMany:
      return [Fault(.partition(.refused), at: 10 * minute, for: 75 * minute), during(.kill, from: 50, for: 1)]
    case .timersOnTheWallClock: return [partition, Fault(.clockJump(-10 * 3_600_000), at: 25 * minute, for: 0)]
    }
  }

  private static func interference(_ mutant: Mutant) -> Interference {
    var interference = Interference()
    func disk(_ lie: MutantDisk.Lie) { interference.fileSystem = { MutantDisk($0, lie) } }
    func success(of isMistaken: @escaping (SendResult) -> Bool) {
      interference.result = { _, result in isMistaken(result) ? .accepted : result }
    }
    switch mutant {
    case .syncDoesNothing: disk(.syncDoesNothing)
    case .syncEveryOtherTime: disk(.syncEveryOtherTime)
    case .directorySyncDoesNothing: disk(.directorySyncDoesNothing)
    case .failedSyncTriedAgain: disk(.failedSyncTriedAgain)
    case .failedWriteBelieved: disk(.failedWriteBelieved)
    case .writeCutShort: disk(.writeCutShort)
    case .removesOneTooMany: disk(.removesOneTooMany)
    case .answersBeforeTheDisk: interference.answersAtOnce = true
    case .answersAlthoughRefused: interference.answer = { _ in WriteAnswer(204) }
    case .sendingIsDelivering: interference.believesSending = true
    case .noAnswerIsSuccess: success { if case .failed = $0 { true } else { false } }
    case .refusalIsSuccess: success { $0.status == 400 }
    case .internalErrorIsSuccess: success { $0.status == 500 }
    case .overloadIsSuccess: success { $0.status == 429 }
    case .anotherRequestsAnswer:
      var last = SendResult.accepted
      interference.result = { _, result in
        defer { last = result }
        return last
      }
    case .forgetsItsQueueAtStart: interference.found = { _ in SimulatedDisk() }
    case .startsFromAnOldCopy:
      var first: SimulatedDisk?
      interference.found = { disk in
        // The first start's files, as they were before anything was written.
        if let first { return first }
        first = disk.afterKill()
        return disk
      }
    case .timersOnTheWallClock:
      interference.moment = { Moment(monotonic: $0.wall - 1_735_689_600_000 + 40 * 3_600_000, wall: $0.wall) }
    }
    return interference
  }
}

extension SendResult {
  fileprivate static var accepted: SendResult { .answered(status: 204, headers: [], body: []) }

  fileprivate var status: Int? { if case .answered(let status, _, _) = self { status } else { nil } }
}
