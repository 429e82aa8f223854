/// One entry of `scrape_configs`, as the scraper works with it. Discovery reads its own part of the entry.
public struct ScrapeJob: Hashable, Sendable {
  public var name: String
  public var intervalMilliseconds: Int64
  public var timeoutMilliseconds: Int64
  public var scheme = "http"
  public var metricsPath = "/metrics"
  public var parameters: [Parameter] = []
  /// Whether a label that the target exposes wins over one of the target's own.
  public var honorsLabels = false
  public var honorsTimestamps = true
  public var tracksTimestampsStaleness = false
  public var relabelRules: [RelabelRule] = []
  public var metricRelabelRules: [RelabelRule] = []
  public var limits = Limits()
  public var acceptsGzip = true
  /// In the order of preference.
  public var protocols = ScrapeProtocol.standard { didSet { updateAccept() } }
  public var escapingScheme = "allow-utf-8" { didSet { updateAccept() } }
  /// The Accept header that says so.
  public private(set) var accept = ""
  /// For targets that don't say what they answer with, or say something else.
  public var fallbackProtocol: ScrapeProtocol?
  public var authorization = ScrapeAuthorization.none
  public var tls = ScrapeTLS()
  public var hasExtraMetrics = false

  public init(name: String, intervalMilliseconds: Int64, timeoutMilliseconds: Int64) {
    self.name = name
    self.intervalMilliseconds = intervalMilliseconds
    self.timeoutMilliseconds = timeoutMilliseconds
    updateAccept()
  }

  private mutating func updateAccept() { accept = ScrapeProtocol.accept(protocols, escaping: escapingScheme) }

  /// A parameter of the URL, with all its values.
  public struct Parameter: Hashable, Sendable {
    public var name: String
    public var values: [String]

    public init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// 0 stands for "none but the agent's own".
  public struct Limits: Hashable, Sendable {
    public var bodyByteCount = 0
    /// After relabeling.
    public var sampleCount = 0
    public var targetCount = 0
    public var labelCount = 0
    public var labelNameByteCount = 0
    public var labelValueByteCount = 0

    public init() {}
  }
}

/// Who the agent says it is, to a target. Secrets stay in their files, which are read for each request.
public enum ScrapeAuthorization: Hashable, Sendable {
  case none
  /// `basic_auth`; of a name and its file, one is there.
  case basic(username: String, usernameFile: String?, passwordFile: String?)
  /// `authorization` and `bearer_token_file`: the scheme, and the file that holds what follows it.
  case header(scheme: String, credentialsFile: String)
}

/// `tls_config`, by files. Certificates are always verified.
public struct ScrapeTLS: Hashable, Sendable {
  public var caFile: String?
  public var certificateFile: String?
  public var keyFile: String?
  public var serverName: String?
  /// `TLS10` to `TLS13`.
  public var minimumVersion: String?
  public var maximumVersion: String?

  public init() {}
}
