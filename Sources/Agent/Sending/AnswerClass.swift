/// What a status says about the request (remote write 1.0 and 2.0, "Retries & Backoff").
enum AnswerClass: Equatable {
  case accepted
  /// Something in the request is refused for good.
  case refused
  /// 413: no request so large.
  case tooLarge
  /// 415: not this message.
  case unsupported
  /// 500: usually the receiver, sometimes a sample that it stumbles over.
  case internalError
  /// 408 and the other 5xx: the receiver or what stands before it, never the samples.
  case unavailable
  /// 429, and 503, which both mean "less".
  case overloaded
  /// Redirects, credentials, wrong addresses: says nothing about the samples, and ends when someone sets it right.
  case misdirected

  init(status: Int) {
    self =
      switch status {
      case 200..<300: .accepted
      case 300..<400, 401...407, 410, 411, 417, 421, 426, 428, 431, 451: .misdirected
      case 408: .unavailable
      case 413: .tooLarge
      case 415: .unsupported
      case 429, 503: .overloaded
      case 400..<500: .refused
      case 500: .internalError
      default: .unavailable
      }
  }
}
