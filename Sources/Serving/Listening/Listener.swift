/// One address to listen at, and what it lets in. Every bound has a count in `ServerCounts`.
public struct Listener: Sendable {
  /// Tells the handler which listener a request came through.
  public var name: String
  public var address: ListenAddress
  /// The largest body that is taken; a larger one is answered 413 before it is read to its end.
  public var bodyByteCountMax: Int
  /// The request line and headers (431).
  public var headerByteCountMax: Int
  public var headerCountMax: Int
  /// Open connections; one more is answered 503 and closed.
  public var connectionCountMax: Int
  /// Connections beyond `connectionCountMax` on which nothing but `probePaths` is answered: whoever fills the listener
  /// doesn't make the kubelet restart it.
  public var probeConnectionCountMax: Int
  public var probePaths: Set<String>
  public var timeouts: Timeouts

  /// How long each part of a connection may take, in milliseconds.
  public struct Timeouts: Sendable {
    /// From the first byte of a request (on a new connection from its opening) to the end of its headers (408).
    public var header: Int64
    /// From the end of the headers to the end of the body (408).
    public var body: Int64
    /// Between an answer and the next request on its connection.
    public var idle: Int64
    /// Until the client has taken the answer.
    public var answer: Int64
    /// How long a connection that is closed behind an answer may go on sending, so that the answer isn't lost to a reset.
    public var linger: Int64

    public init(
      header: Int64 = 10_000,
      body: Int64 = 30_000,
      idle: Int64 = 75_000,
      answer: Int64 = 30_000,
      linger: Int64 = 1_000
    ) {
      self.header = header
      self.body = body
      self.idle = idle
      self.answer = answer
      self.linger = linger
    }
  }

  public init(
    name: String,
    address: ListenAddress,
    bodyByteCountMax: Int = 1 << 20,
    headerByteCountMax: Int = 32_768,
    headerCountMax: Int = 100,
    connectionCountMax: Int = 256,
    probeConnectionCountMax: Int = 8,
    probePaths: Set<String> = ["/-/healthy", "/-/ready"],
    timeouts: Timeouts = Timeouts()
  ) {
    self.name = name
    self.address = address
    self.bodyByteCountMax = bodyByteCountMax
    self.headerByteCountMax = headerByteCountMax
    self.headerCountMax = headerCountMax
    self.connectionCountMax = connectionCountMax
    self.probeConnectionCountMax = probeConnectionCountMax
    self.probePaths = probePaths
    self.timeouts = timeouts
  }
}
