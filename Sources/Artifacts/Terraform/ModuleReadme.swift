import Document
import Model

extension ModuleInterface {
  var readme: Text<Never> {
    let baked = Baked(configuration)
    let rows = Settings.terraformVariables.map { info in
      let value = configuration.standardValue(of: info).expression
      let standard = hcl([.set("v", value)]).string.dropFirst(4).dropLast()
      return "| `\(info.terraformName)` | \(info.terraformType) | `\(standard)` | \(info.terraformDescription) |"
    }
    return Template(PackageResources.module_readme_md).filled([
      "collector": baked.text(Settings.collector),
      "storage": baked.text(Settings.storageKind),
      "storage_meaning": Text(baked[Settings.storageKind].meaning),
      "centre": baked.text(Settings.centralKind),
      "prometheus_version": baked.text(Settings.prometheusVersion),
      "terraform": Text(ProviderVersions.terraform),
      "aws": Text(ProviderVersions.aws),
      "helm": Text(ProviderVersions.helm),
      "kubernetes": Text(ProviderVersions.kubernetes),
      "chart": Text(PrometheusStackChart.version),
      "variables": Text(rows.joined(separator: "\n")),
    ])
  }
}
