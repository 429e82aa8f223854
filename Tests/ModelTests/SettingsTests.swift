import Model
import Testing

@Suite struct SettingsTests {
  @Test func everyDefaultIsInItsOwnDomain() {
    for info in Settings.all {
      #expect(info.domain.accepts(info.defaultValue), "\(info.path)")
    }
  }

  @Test func pathsAndVariablesAreUnique() {
    #expect(Set(Settings.all.map(\.path)).count == Settings.all.count)
    #expect(Set(Settings.all.map(\.terraformName)).count == Settings.all.count)
  }
}
