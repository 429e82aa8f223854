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
    case dropsOnRefusal, noJitter
  }

  @Test(arguments: Mutant.allCases)
  func isCaught(mutant: Mutant) throws {
    var options = Self.options(Self.faults(mutant))
    // So small that segments have to go.
    if mutant == .removesOneTooMany { options.spoolByteCountMax = 16 << 10 }
    if mutant == .noJitter {
      options.scale = Scale(options.model, nodeCount: Self.fleetCount, simulatedNodeCountMax: Self.fleetCount)
      options.startsTogether = true
    }
    #expect(Self.faults(try Simulation(options).run(), mutant) == [], "the schedule alone must do no harm")
    options.interference = Self.interference(mutant)
    #expect(!Self.faults(try Simulation(options).run(), mutant).isEmpty, "\(mutant) lives")
  }

  /// What is wrong with a run: what must never be, and what this mistake alone would do.
  private static func faults(_ result: SimulationResult, _ mutant: Mutant) -> [String] {
    switch mutant {
    // The centre would meet the fleet all at once.
    case .noJitter where result.load.peakReturning > Double(fleetCount / 2):
      return result.violations + ["\(result.load.peakReturning) nodes come back in one second"]
    default: return result.violations
    }
  }

  private static let fleetCount = 24

  private static let minute: Int64 = 60_000

  private static func options(_ faults: [Fault]) -> SimulationOptions {
    let model = Configuration(environment: "mutants")
      .setting(Settings.durability.info.path, to: Durability.always.scalar)
      .setting(Settings.seriesPerNode.info.path, to: .integer(8))
      .setting(Settings.maxSamplesPerSend.info.path, to: .integer(8))
    var options = SimulationOptions(model: model, nodeCount: 1, faults: faults, seed: 5, duration: 90 * minute)
    options.scale = Scale(model, nodeCount: 1)
    options.spoolByteCountMax = 64 << 10
    // Else what a mistake loses is found to be missing, and sent again.
    options.comparesWithCentre = false
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
    case .dropsOnRefusal: return [during(.poison(seriesCount: 1, status: 400))]
    case .noJitter: return [partition]
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
    // Every node draws the same waits.
    case .noJitter: interference.seed = { _ in 1 }
    case .dropsOnRefusal: dropOnRefusal(&interference)
    case .timersOnTheWallClock:
      interference.moment = { Moment(monotonic: $0.wall - 1_735_689_600_000 + 40 * 3_600_000, wall: $0.wall) }
    }
    return interference
  }

  /// Once a request is refused, all that was in it is given up: whatever comes of it afterwards meets a refusal of its own.
  private static func dropOnRefusal(_ interference: inout Interference) {
    var left = 0
    var refusal: SendResult?
    interference.meets = { request in
      guard left > 0 else { return nil }
      if request.sampleCount == 1 { left -= 1 }
      return refusal
    }
    interference.result = { request, result in
      if left == 0, result.status == 400, request.sampleCount > 1 {
        left = request.sampleCount
        refusal = result
      }
      return result
    }
  }
}

extension SendResult {
  fileprivate static var accepted: SendResult { .answered(status: 204, headers: [], body: []) }

  fileprivate var status: Int? { if case .answered(let status, _, _) = self { status } else { nil } }
}
