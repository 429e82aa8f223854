import Testing
import Transport

/// In processes of their own: the first attempt decides for the whole process.
@Suite struct LibCurlTests {
  @Test func aMissingLibraryIsAnErrorThatNamesThePackage() async {
    await #expect(processExitsWith: .success) {
      do throws(TransportFailure) {
        try LibCurl.load("libcurl-missing.so.4")
        Issue.record("a library that isn't there was loaded")
      } catch {
        #expect(error.message.contains("libcurl-missing.so.4: cannot open shared object file"))
        #expect(error.message.contains("apt-get install libcurl4"))
      }
      #expect(throws: TransportFailure.self) { _ = try NetworkLoop() }
    }
  }

  @Test func anotherLibraryIsAnErrorThatNamesTheFunction() async {
    await #expect(processExitsWith: .success) {
      do throws(TransportFailure) {
        try LibCurl.load("libm.so.6")
        Issue.record("libm passed for libcurl")
      } catch {
        #expect(error.message.contains("libm.so.6 has no function curl_"))
      }
    }
  }
}
