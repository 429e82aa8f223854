extension Settings {
  public static let vpcCIDR = Setting(
    "network.vpc_cidr",
    default: "10.0.0.0/16",
    .cidr,
    "Network of nodes and pods (the VPC CNI gives pods VPC addresses): scrape targets, kubelets, API server endpoints",
    source: "ours"
  )
  public static let serviceCIDR = Setting(
    "network.service_cidr",
    default: "172.20.0.0/16",
    .cidr,
    "Network of Service addresses, the API server's included",
    source: "upstream: EKS default"
  )

  static let network = [vpcCIDR.info, serviceCIDR.info]
}
