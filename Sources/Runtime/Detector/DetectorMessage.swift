import Agent
import Serving
import Transport

/// What reaches the detector's thread from others.
enum DetectorMessage: Sendable {
  case request(ServerRequest, Responder)
  case healthChecked(number: UInt64, Result<HTTPAnswer, TransportFailure>)
  case writeChecked(number: UInt64, Result<HTTPAnswer, TransportFailure>)
  case lookedUp([AgentAddress], failures: [String])
  case polled(AgentAddress, Result<HTTPAnswer, TransportFailure>)
  case syncRequested(AgentAddress, Result<HTTPAnswer, TransportFailure>)
  case reported(Result<HTTPAnswer, TransportFailure>)
  case keysFetched(region: String, Result<HTTPAnswer, TransportFailure>)
  case alertsPosted(lane: Int, Result<HTTPAnswer, TransportFailure>)
  case signal(ProcessSignal)
}
