import Glibc
import Samples
import Spool
import SpoolTestSupport
import Testing

/// The promise: what was acknowledged is found again, whenever the process or the machine stops and whichever call fails.
@Suite struct CrashTests {
  private let steps = 48

  private func callCount() -> Int {
    var script = Script(seed: 1)
    let fileSystem = SimulatedFileSystem()
    let isOpen = script.run(fileSystem, steps: steps)
    #expect(isOpen)
    #expect(script.errors == 0)
    return fileSystem.callCount
  }

  @Test func stoppedAtEveryCall() throws {
    let calls = callCount()
    #expect(calls > 100)
    for call in 1...calls {
      for half in [false, true] {
        var script = Script(seed: 1)
        let fileSystem = SimulatedFileSystem()
        fileSystem.fault = { $0 == call ? .stop(half: half) : nil }
        _ = script.run(fileSystem, steps: steps)
        try script.checkRecovery(fileSystem.killed(), "killed at call \(call), half \(half)")
        for seed in [1] as [UInt64] {
          var random = SeededGenerator(seed: seed &+ UInt64(call) &* 1000)
          try script.checkRecovery(fileSystem.crashed(&random), "power cut at call \(call), half \(half), seed \(seed)")
        }
      }
    }
  }

  @Test(arguments: [.error(EIO), .error(ENOSPC), .half(ENOSPC)] as [SimulatedFileSystem.Fault])
  func everyCallFailsOnce(fault: SimulatedFileSystem.Fault) throws {
    for call in 1...callCount() {
      var script = Script(seed: 1)
      let fileSystem = SimulatedFileSystem()
      fileSystem.fault = { $0 == call ? fault : nil }
      guard script.run(fileSystem, steps: steps) else { continue }
      // One error of the disk is got over: at the end all is acknowledged.
      #expect(script.oracle.acknowledged.count == steps, "\(fault) at call \(call)")
      try script.checkRecovery(fileSystem.killed(), "\(fault) once, at call \(call), then killed")
      var random = SeededGenerator(seed: UInt64(call))
      try script.checkRecovery(fileSystem.crashed(&random), "\(fault) once, at call \(call), then power cut")
    }
  }

  @Test(arguments: [.error(EIO), .half(ENOSPC)] as [SimulatedFileSystem.Fault])
  func everyCallFailsForEver(fault: SimulatedFileSystem.Fault) throws {
    for call in 1...callCount() {
      var script = Script(seed: 1)
      let fileSystem = SimulatedFileSystem()
      fileSystem.fault = { $0 >= call ? fault : nil }
      _ = script.run(fileSystem, steps: steps)
      try script.checkRecovery(fileSystem.killed(), "\(fault) from call \(call) on, then killed")
      var random = SeededGenerator(seed: UInt64(call))
      try script.checkRecovery(fileSystem.crashed(&random), "\(fault) from call \(call) on, then power cut")
    }
  }

  @Test func fullDiskDropsTheOldestAndGoesOn() throws {
    var script = Script(seed: 3)
    let fileSystem = SimulatedFileSystem()
    fileSystem.capacity = 20 << 10
    let isOpen = script.run(fileSystem, steps: 200)
    #expect(isOpen)
    #expect(script.errors == 0)
    #expect(script.oracle.acknowledged.count == 200)
    #expect(fileSystem.byteCount <= fileSystem.capacity)
    try script.checkRecovery(fileSystem.killed(), "full disk")
  }

  /// Several lives of one directory, each ended by a kill or a power cut, with failing calls now and then.
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func manyLives(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var fileSystem = SimulatedFileSystem()
    var script = Script(seed: seed)
    for life in 0..<6 {
      let stop = Int.random(in: 1...160, using: &random)
      let isFaulty = Bool.random(using: &random)
      let faultSeed = random.next()
      fileSystem.fault = { call in
        if call >= stop { return .stop(half: call % 2 == 0) }
        var dice = SeededGenerator(seed: faultSeed &+ UInt64(call))
        guard isFaulty, Int.random(in: 0..<25, using: &dice) == 0 else { return nil }
        return [.error(EIO), .error(ENOSPC), .half(ENOSPC)].randomElement(using: &dice)
      }
      _ = script.run(fileSystem, steps: 50, close: Bool.random(using: &random))
      let left = Bool.random(using: &random) ? fileSystem.killed() : fileSystem.crashed(&random)
      // On a copy: the check writes.
      try script.checkRecovery(left.killed(), "seed \(seed), life \(life)")
      fileSystem = left
    }
  }
}
