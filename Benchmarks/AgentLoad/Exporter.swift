import Synchronization

/// Serves the targets.
enum Exporter {
  static func run(targets count: Int, series: Int) {
    let targets = Mutex((0..<count).map { Target(number: $0, seriesCount: series) })
    let shared = Shared(targets)
    let listener = Listener(port: 0) { connection in
      while let request = connection.next() {
        let parts = request.path.split(separator: "/")
        if parts.count == 3, parts[0] == "t", let number = Int(parts[1]), number < count {
          connection.answer(200, shared.targets.withLock { $0[number].scrape() })
        } else if request.path == "/scrapes" {
          connection.answer(200, type: "application/json", Array(shared.listing.utf8))
        } else {
          connection.answer(404)
        }
      }
    }
    AgentLoad.say("\(listener.port)")
  }

  private final class Shared: Sendable {
    let targets: Mutex<[Target]>
    init(_ targets: consuming sending Mutex<[Target]>) { self.targets = targets }

    /// Every scrape that was answered: target, samples, sum.
    var listing: String {
      let rows = targets.withLock { targets in
        targets.indices.flatMap { number in
          targets[number].served.map { "[\(number), \($0.sampleCount), \"\($0.sum)\"]" }
        }
      }
      return "[" + rows.joined(separator: ",\n") + "]"
    }
  }
}
