import Glibc
import Transport

/// Keys for AWS Signature Version 4, out of the environment variables that AWS' own tools read.
struct AWSCredentials {
  let accessKey: String
  let secretKey: Secret
  let sessionToken: Secret?

  static func ofEnvironment() -> AWSCredentials? {
    guard let accessKey = variable("AWS_ACCESS_KEY_ID"), let secretKey = variable("AWS_SECRET_ACCESS_KEY") else {
      return nil
    }
    return AWSCredentials(
      accessKey: accessKey,
      secretKey: Secret(secretKey),
      sessionToken: variable("AWS_SESSION_TOKEN").map(Secret.init)
    )
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}
