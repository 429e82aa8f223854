/// What a text setting may hold. Each format says so twice, as a test in Swift and as a pattern for JSON Schema and
/// Terraform; a property test keeps the two equal.
public enum TextFormat: String, Hashable, Sendable, CaseIterable {
  /// A Kubernetes object name: RFC 1123 label.
  case dnsLabel
  /// The name of an EKS cluster (Amazon EKS API, `CreateCluster`: `name`).
  case clusterName
  /// A name for regions, keys, environments: letters, digits, `-`, `_`, `.`, `/`.
  case name
  /// An alias of an AWS KMS key, `alias/observability`.
  case kmsAlias
  /// `http://` or `https://`, host, optional port and path; no user, query or fragment, and no `/` at the end, as paths are put behind it.
  case httpURL
  /// What stands behind the host of a URL: a path, and a query if there is one.
  case urlPath
  /// `none`, or one to five of `httpURL` with commas between.
  case httpURLs
  /// An IPv4 network, `10.0.0.0/16`.
  case cidr
  /// An absolute path without `..`.
  case path
  /// A container image, with tag or digest.
  case image
  /// An AWS Backup schedule, `cron(…)` or `rate(…)`.
  case awsSchedule
  /// One line of anything: printed as data wherever it lands.
  case line

  /// - Parameter rest: how many characters lie between a host's first and last. RE2 takes no more than 1,000 repetitions within repetitions,
  ///   so in a list the host is as long as it likes.
  private static func url(hostOf rest: String) -> String {
    "https?://[A-Za-z0-9]([-A-Za-z0-9.]\(rest)[A-Za-z0-9])?(:[0-9]{1,5})?(/[-A-Za-z0-9_.~/]*[-A-Za-z0-9_.~])?"
  }

  /// For JSON Schema (ECMA 262) and Terraform (RE2) alike.
  public var pattern: String {
    switch self {
    case .dnsLabel: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"
    case .clusterName: "^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$"
    case .name: "^[A-Za-z0-9][-A-Za-z0-9_./]{0,99}$"
    case .kmsAlias: "^alias/[-A-Za-z0-9_/]{1,94}$"
    case .httpURL: "^\(Self.url(hostOf: "{0,251}"))$"
    case .httpURLs: "^(none|\(Self.url(hostOf: "*"))(,\(Self.url(hostOf: "*"))){0,4})$"
    case .urlPath: "^/[-A-Za-z0-9_.~/:]{0,199}([?][-A-Za-z0-9_.~/:=&%+]{1,200})?$"
    case .cidr: "^[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}/[0-9]{1,2}$"
    case .path: "^(/[A-Za-z0-9_-][-A-Za-z0-9_.]*)+$"
    case .image: "^[a-z0-9][-a-z0-9._/:]*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}|@sha256:[0-9a-f]{64})$"
    case .awsSchedule: "^(cron|rate)[(][-A-Za-z0-9 ,?*/#]{1,80}[)]$"
    case .line: "^[^\\x00-\\x1f\\x7f-\\x9f]{1,200}$"
    }
  }

  /// What the format is, for a sentence "…must be …".
  public var description: String {
    switch self {
    case .dnsLabel: "a Kubernetes name: lower-case letters, digits and '-', at most 63"
    case .clusterName: "letters, digits, '-' and '_', beginning with a letter or digit, at most 100"
    case .name: "letters, digits, '-', '_', '.' and '/', beginning with a letter or digit, at most 100"
    case .kmsAlias: "the alias of a KMS key, such as alias/observability"
    case .httpURL: "an http:// or https:// URL without user, query, fragment or '/' at its end"
    case .urlPath: "the path of a URL such as /api/v1/write, with or without a query"
    case .httpURLs: "none, or up to five http:// or https:// URLs with commas between, without user, query or fragment"
    case .cidr: "an IPv4 network such as 10.0.0.0/16"
    case .path: "an absolute path of letters, digits, '-', '_' and '.'"
    case .image: "a container image with a tag or a digest"
    case .awsSchedule: "an AWS schedule such as cron(0 3 * * ? *)"
    case .line: "one line of at most 200 characters, without control characters"
    }
  }
}
