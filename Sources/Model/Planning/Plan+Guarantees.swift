extension Plan {
  /// What becomes of unsent samples, by what happens to the agent.
  public struct Guarantee: Sendable {
    public let event: String
    public let outcome: String
  }

  /// What the choice of collector and of its storage promises, beyond figures.
  public var guarantees: [Guarantee] {
    let model = configuration
    guard model[Settings.collector].hasDurableQueue else {
      return [
        Guarantee(event: "restart, crash", outcome: "all unsent samples are lost: the agent goes on from the present"),
        Guarantee(event: "remote_write changed", outcome: "all unsent samples are lost: its queue begins anew"),
        Guarantee(event: "log cut", outcome: "two thirds of the log go, sent or not, and nothing counts what was lost"),
      ]
    }
    let power =
      model[Settings.durability] == .always
      ? "nothing acknowledged is lost"
      : "at most \(model[Settings.fsyncInterval].spelling) is lost (queue.fsync_interval)"
    return [
      Guarantee(event: "restart, crash", outcome: "nothing acknowledged is lost"),
      Guarantee(event: "power cut", outcome: power),
      Guarantee(event: "pod replaced", outcome: podReplaced),
      Guarantee(event: "node gone", outcome: nodeGone),
    ]
  }

  private var podReplaced: String {
    switch configuration[Settings.storageKind] {
    case .hostPath, .statefulSetPVC: "nothing is lost"
    case .ephemeral: "all unsent samples are lost: the volume goes with its pod, at each update too"
    }
  }

  private var nodeGone: String {
    switch configuration[Settings.storageKind] {
    case .hostPath, .ephemeral: "all unsent samples of the node are lost"
    case .statefulSetPVC: "nothing is lost: the volume finds another node of its zone"
    }
  }
}
