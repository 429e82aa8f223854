/// A file that is part of the page as it stands.
enum Asset: Sendable, CaseIterable {
  case style, script

  var bytes: [UInt8] {
    switch self {
    case .style: PackageResources.page_css
    case .script: PackageResources.page_js
    }
  }

  /// What the browser is told to expect (Content Security Policy 3, 2.3.1): `openssl dgst -sha256 -binary FILE | base64`.
  var hash: String {
    switch self {
    case .style: "sha256-Fy/sRXAtJ623Nqq/yVQ3PCAAbdcMsBkMsLtyHryidVE="
    case .script: "sha256-SS1Pg//B9rlZSCGX6O2wulKme8DJt1BN71z6U5llaco="
    }
  }
}
