internal import CCurl

/// What an outcome of libcurl means to an operator.
func kind(of outcome: CURLcode, _ words: String) -> TransportFailure.Kind {
  switch outcome {
  case CURLE_COULDNT_RESOLVE_HOST: .resolve
  case CURLE_COULDNT_CONNECT: .connect
  case CURLE_OPERATION_TIMEDOUT: .timeout
  case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
    CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_INVALIDCERTSTATUS:
    .tls
  // What libcurl says of a header beyond its own 100 KiB; where memory is really short, the process ends.
  case CURLE_OUT_OF_MEMORY: .tooLarge
  // In TLS 1.3 a server refuses our certificate after the handshake, where libcurl is already reading.
  case CURLE_RECV_ERROR, CURLE_SEND_ERROR: words.contains("alert") ? .tls : .other
  default: .other
  }
}
