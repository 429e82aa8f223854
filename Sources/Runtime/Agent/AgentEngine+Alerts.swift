import Agent
import Model
import Threads
import Transport

extension AgentEngine {
  /// Posts what alerts there are to be posted; nobody waits for that.
  func postAlerts(_ now: Moment) {
    let posts = alerts.step(now: now) {
      var readings = LocalAlerts.Readings()
      let urls = targets.map { (write: $0.writeURL, health: $0.healthURL) }
      let program = ProgramSnapshot(version: "", environment: "", cluster: "", node: "", started: started)
      readings.queues = core.snapshot(program, urls: urls, now: now).queues.map(QueueReading.init)
      return readings
    }
    for post in posts {
      network.submit(HTTPRequest(post)) { [mailbox] in mailbox.post(.alertsPosted(lane: post.lane, $0)) }
    }
  }

  func finishAlerts(_ lane: Int, _ result: Result<HTTPAnswer, TransportFailure>, _ now: Moment) {
    if let line = alerts.finish(lane: lane, status: result.status, now: now) {
      log(line.level, line.component, line.message, line.fields)
    }
  }
}

extension LocalAlerts.Origin {
  /// `instance` is what the rendered job for the agents themselves makes of their address.
  init(agent configuration: AgentConfiguration) {
    self.init(
      cluster: configuration.cluster,
      node: configuration.node,
      instance: configuration.node + ":9090",
      component: "agent",
      contact: configuration.model[Settings.contact]
    )
  }
}

extension HTTPRequest {
  init(_ post: LocalAlerts.Post) {
    self.init(
      .post,
      post.url,
      headers: [(name: "content-type", value: "application/json")],
      body: post.body,
      timeoutMilliseconds: 10_000,
      connectTimeoutMilliseconds: 5_000,
      answerByteCountMax: 4096
    )
  }
}

extension Result where Success == HTTPAnswer {
  /// Of the answer; nothing where none came.
  var status: Int? { if case .success(let answer) = self { answer.status } else { nil } }
}
