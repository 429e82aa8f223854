import Agent
import Testing

@Suite struct AWSCredentialTests {
  private func source(_ variables: [String: String]) -> AWSCredentialSource? {
    AWSCredentialSource(region: "eu-west-1") { variables[$0] }
  }

  @Test func theEnvironmentSaysWhere() {
    let keys = ["AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "S"]
    let identity = ["AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "arn:aws:iam::1:role/r"]
    let container = [
      "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
      "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/p",
    ]
    #expect(source([:]) == nil && source(["AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": ""]) == nil)
    let all = keys.merging(identity) { $1 }.merging(container) { $1 }
    #expect(source(all) == .environment(AWSKeys(accessKey: "A", secretKey: "S", sessionToken: nil)))
    #expect(
      source(identity.merging(container) { $1 })
        == .webIdentity(
          endpoint: "https://sts.eu-west-1.amazonaws.com/",
          role: "arn:aws:iam::1:role/r",
          session: "rescfg",
          tokenFile: "/t"
        )
    )
    #expect(source(container) == .container(url: "http://169.254.170.23/v1/credentials", .file("/p")))
    #expect(
      source(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x"])
        == .container(url: "http://169.254.170.2/v2/x", .none)
    )
  }

  /// A token isn't shown to anybody who asks for it without TLS.
  @Test(arguments: [
    ("https://keys.example/x", true), ("http://127.0.0.1:8080/x", true), ("http://[fd00:ec2::23]/x", true),
    ("http://keys.example/x", false), ("http://127.0.0.1.keys.example/x", false), ("http://169.254.169.254/x", false),
    ("ftp://127.0.0.1/x", false), ("", false),
  ])
  func onlyWhomAWSNames(url: String, isAsked: Bool) {
    #expect((source(["AWS_CONTAINER_CREDENTIALS_FULL_URI": url]) != nil) == isAsked)
  }

  private static let container = AWSCredentialSource.container(url: "http://127.0.0.1/x", .none)
  private static let identity = AWSCredentialSource.webIdentity(endpoint: "", role: "", session: "", tokenFile: "")

  @Test func answersAreRead() throws {
    let json =
      #"{"AccessKeyId":"A","SecretAccessKey":"S","Token":"T","Expiration":"2026-11-22T20:45:36Z","AccountId":"1"}"#
    let given = try #require(AWSCredentialAnswer(Array(json.utf8), of: Self.container))
    #expect(given.keys == AWSKeys(accessKey: "A", secretKey: "S", sessionToken: "T"))
    #expect(given.expiration == Timestamp("2026-11-22T20:45:36.000Z")?.milliseconds)
    let xml = """
      <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
      <SubjectFromWebIdentityToken>x</SubjectFromWebIdentityToken><Credentials><SessionToken>T+/=</SessionToken>
      <SecretAccessKey>S</SecretAccessKey><Expiration>2026-11-22T20:45:36Z</Expiration><AccessKeyId>A</AccessKeyId>
      </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
      """
    let assumed = try #require(AWSCredentialAnswer(Array(xml.utf8), of: Self.identity))
    #expect(assumed.keys == AWSKeys(accessKey: "A", secretKey: "S", sessionToken: "T+/="))
    #expect(assumed.expiration == given.expiration)
    for bad in [
      "", "{}", #"{"AccessKeyId":"A"}"#, #"{"AccessKeyId":1,"SecretAccessKey":"S"}"#, "<AccessKeyId>A", json + "x}",
    ] {
      #expect(AWSCredentialAnswer(Array(bad.utf8), of: Self.identity) == nil, "\(bad)")
    }
    let long = Array(json.utf8) + [UInt8](repeating: 0x20, count: AWSCredentialAnswer.byteCountMax)
    #expect(AWSCredentialAnswer(long, of: Self.container) == nil)
    #expect("\(given.keys)" == "<keys>" && "\(given)".contains("S\"") == false)
  }

  private func answer(life milliseconds: Int64, at wall: Int64) throws -> AWSCredentialAnswer {
    let time = Timestamp(milliseconds: wall + milliseconds)
    let json = #"{"AccessKeyId":"A","SecretAccessKey":"S","Expiration":"\#(time)"}"#
    return try #require(AWSCredentialAnswer(Array(json.utf8), of: Self.container))
  }

  /// Five minutes before their end, at half of a shorter life, and never at once.
  @Test(arguments: [(3_600_000, 3_300_000), (360_000, 180_000), (1_000, 1_000), (-5_000, 1_000)] as [(Int64, Int64)])
  func keysAreRenewedBeforeTheyExpire(life: Int64, wait: Int64) throws {
    let now = Moment(monotonic: 500, wall: 1_790_000_000_000)
    var renewal = AWSCredentialRenewal(Self.container, seed: 1, now: now)
    let steps = [renewal.step(now: now), renewal.step(now: now)]
    #expect(steps == [true, false] && renewal.nextStep == nil)
    renewal.receive(try answer(life: life, at: now.wall), now: now)
    #expect(renewal.nextStep == now.monotonic + wait)
  }

  @Test func failuresAreTriedAgainEverMoreRarely() {
    var renewal = AWSCredentialRenewal(Self.identity, seed: 7, now: Moment(monotonic: 0, wall: 0))
    var now: Int64 = 0
    var waits: [Int64] = []
    for _ in 0..<40 {
      let isDue = renewal.step(now: Moment(monotonic: now, wall: now))
      #expect(isDue)
      renewal.receive(nil, now: Moment(monotonic: now, wall: now))
      waits.append((renewal.nextStep ?? 0) - now)
      now = renewal.nextStep ?? 0
    }
    #expect(waits.allSatisfy { (1_000...61_000).contains($0) } && waits.reduce(0, +) > 400_000)
  }

  @Test func keysOfTheEnvironmentAreNeverFetched() {
    let keys = AWSCredentialSource.environment(AWSKeys(accessKey: "A", secretKey: "S", sessionToken: nil))
    var renewal = AWSCredentialRenewal(keys, seed: 1, now: Moment(monotonic: 0, wall: 0))
    let isDue = renewal.step(now: Moment(monotonic: .max, wall: 0))
    #expect(renewal.nextStep == nil && !isDue)
  }

  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-11-22T19:45:36.123Z", 1_795_376_736_123),
      ("2026-11-22T20:45:36.1239+01:00", 1_795_376_736_123), ("2024-02-29T12:00:00-00:30", 1_709_209_800_000),
      ("2026-13-22T19:45:36Z", nil), ("2026-11-22", nil), ("2026-11-22T19:45:36", nil), ("2026-11-22T19:45:36.Z", nil),
      ("x", nil), ("", nil), ("2026-11-22T19:45:36Zx", nil), ("1969-11-22T19:45:36Z", nil),
    ] as [(String, Int64?)]
  )
  func timesAreRead(text: String, milliseconds: Int64?) {
    #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
  }
}
