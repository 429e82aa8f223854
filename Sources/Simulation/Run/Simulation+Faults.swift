import Agent
import Model
import Spool

extension Simulation {
  func begin(_ index: Int) {
    let fault = options.faults[index]
    activeFaults.append(index)
    if case .centreRestart(let forgets) = fault.kind { centre.restart(forgetting: forgets, now: now) }
    for node in nodes where fault.hits(node.index, of: nodes.count) {
      paths[node.index] = conditions(of: node)
      switch fault.kind {
      case .kill:
        node.downCount += 1
        guard node.core != nil else { continue }
        stop(node)
        node.disk = node.disk.afterKill()
      case .powerCut: cutPower(node)
      case .clockJump(let by):
        node.clockError += by
        turn(node)
      case .diskFull, .syncErrors, .tornWrites: setDisk(node)
      case .partition, .brownOut, .slow, .thin, .centreRestart, .poison: continue
      }
    }
  }

  func end(_ index: Int) {
    let fault = options.faults[index]
    activeFaults.removeAll { $0 == index }
    for node in nodes where fault.hits(node.index, of: nodes.count) {
      paths[node.index] = conditions(of: node)
      switch fault.kind {
      case .kill: comeBack(node)
      case .powerCut:
        node.isWithoutPower = false
        comeBack(node)
      case .diskFull, .syncErrors, .tornWrites:
        setDisk(node)
        turn(node)
      case .partition, .brownOut, .slow, .thin, .centreRestart: heal(node)
      case .clockJump, .poison: continue
      }
    }
  }

  private func comeBack(_ node: SimulatedNode) {
    node.downCount -= 1
    guard node.downCount == 0 else { return }
    start(node)
    noteDrain(node)
  }

  private func cutPower(_ node: SimulatedNode) {
    node.downCount += 1
    node.isWithoutPower = true
    // What the collector held is gone with it; the agent never said it had that.
    node.unacknowledged.removeAll()
    guard node.core != nil else { return }
    let configuration = node.settings.configuration
    if configuration.durability == .interval {
      node.collected.excuse(acknowledgedSince: now - configuration.fsyncIntervalMilliseconds - Self.syncSlack)
    }
    stop(node)
    var random = streams.generator(.disk, node.index, generation: node.generation)
    node.disk = node.disk.afterPowerCut(using: &random)
  }

  /// A sync is due an interval after the append, and a disk that failed is left alone for a second, in milliseconds.
  private static let syncSlack: Int64 = 10

  private func setDisk(_ node: SimulatedNode) {
    var isFull = false
    var failing: Set<FileError.Call> = []
    for index in activeFaults where options.faults[index].hits(node.index, of: nodes.count) {
      switch options.faults[index].kind {
      case .diskFull: isFull = true
      case .syncErrors: failing.insert(.synchronize)
      case .tornWrites: failing.insert(.write)
      default: break
      }
    }
    node.disk.capacity = isFull ? node.disk.byteCount : .max
    node.disk.fault =
      failing.isEmpty
      ? nil
      : { call in
        guard failing.contains(call) else { return nil }
        return call == .write
          ? .half(code: SimulatedDisk.Code.inputOutput) : .error(code: SimulatedDisk.Code.inputOutput)
      }
  }

  /// The way is as it should be again: from now on is measured how long the rest takes.
  private func heal(_ node: SimulatedNode) {
    let path = paths[node.index]
    guard path.partition == nil, !path.isCentreDown, path.brownOuts.isEmpty else { return }
    node.drain.heal(at: now, backlogEnd: node.spool?.writtenPosition.samplesBefore ?? 0)
    noteDrain(node)
  }

  static func poison(_ faults: [Fault], nodeCount: Int) -> ((Int, Int, Int64) -> Int?)? {
    let poisons: [(fault: Fault, seriesCount: Int, status: Int)] = faults.compactMap { fault in
      if case .poison(let count, let status) = fault.kind { return (fault, count, status) }
      return nil
    }
    if poisons.isEmpty { return nil }
    return { node, series, timestamp in
      let time = timestamp - SimulatedTime.epoch
      for poison in poisons
      where series < poison.seriesCount && poison.fault.hits(node, of: nodeCount)
        && (poison.fault.start..<poison.fault.end).contains(time)
      {
        return poison.status
      }
      return nil
    }
  }
}
