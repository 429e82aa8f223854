extension Check {
  /// NetworkPolicies tell nodes and pods from Services by address.
  static let networks = Check(of: Settings.vpcCIDR.info, Settings.serviceCIDR.info) { model in
    var findings: [Diagnostic] = []
    for setting in [Settings.vpcCIDR, Settings.serviceCIDR] where IPv4Network(model[setting]) == nil {
      findings.append(.noSuchNetwork(setting.info, model))
    }
    if let vpc = IPv4Network(model[Settings.vpcCIDR]), let services = IPv4Network(model[Settings.serviceCIDR]),
      vpc.overlaps(services)
    {
      findings.append(.networksOverlap(model))
    }
    return findings
  }
}
