import NIOCore

/// A whole answer without a body, for a request that nobody reads.
enum RawResponse: String {
  case requestTimeout = "408 Request Timeout"
  case serviceUnavailable = "503 Service Unavailable"

  func bytes(_ allocator: ByteBufferAllocator) -> ByteBuffer {
    allocator.buffer(string: "HTTP/1.1 \(rawValue)\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
  }
}
