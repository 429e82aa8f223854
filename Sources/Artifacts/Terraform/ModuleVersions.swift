import Document

/// Which releases of Terraform and its providers the module works with.
enum ProviderVersions {
  /// 1.9 lets a variable's validation look at other variables.
  static let terraform = ">= 1.9"
  /// Every resource used is the typed `_v1` one, which 2.x and 3.x have alike; 2.30 is the first with all the fields.
  static let kubernetes = ">= 2.30, < 4.0"
  static let helm = "~> 3.0"
  /// 5.80 is the first with `pod_identity_association` in an add-on.
  static let aws = ">= 5.80, < 7.0"

  static var block: HCLBody.Item {
    func provider(_ name: String, _ version: String) -> HCLBody.Item {
      .set(name, ["source": .string("hashicorp/\(name)"), "version": .string(version)])
    }
    return .block(
      "terraform",
      body: [
        .set("required_version", .string(terraform)),
        .block(
          "required_providers",
          body: [provider("aws", aws), provider("helm", helm), provider("kubernetes", kubernetes)]
        ),
      ]
    )
  }
}

extension TerraformModule {
  var versions: HCLBody { [ProviderVersions.block] }
}
