import Samples

private struct ReceivedSample: Hashable {
  var labels: [UInt8]
  var timestamp: Int64
  var value: UInt64
}

private let limits = RemoteWriteLimits(sampleCountMax: 5000)

/// What is taken of a request reads the same again, and comes out of our own encoder, through the spool's format, as it went in.
func fuzzRemoteWrite(_ input: [UInt8], isVersion2: Bool) {
  guard let first = received(input, isVersion2) else { return }
  require(first.samples.count <= 5000 && first.samples.count <= input.count, "more samples than there may be")
  guard !first.samples.isEmpty, let stored = Stored(first.batch, first.table) else { return }
  let sent: [UInt8]
  if isVersion2 {
    var encoder = RemoteWrite2Encoder()
    encoder.append(stored.record, 0..<stored.record.series.count, dictionary: stored.decoder.dictionary)
    sent = encoder.finish()
  } else {
    var encoder = RemoteWriteEncoder()
    encoder.append(stored.record, 0..<stored.record.series.count, dictionary: stored.decoder.dictionary)
    sent = encoder.bytes.array
  }
  guard let again = received(sent, isVersion2) else { return require(false, "our own request can't be read") }
  require(again.samples == first.samples, "a sample is another after encoding")
  require(again.isWhole, "a part of our own request is refused")
  do throws(ByteReader.Malformed) {
    let messages = try RequestMessages(sent, isVersion2: isVersion2)
    require(messages.sampleCount(0..<messages.count) == first.samples.count, "a request taken apart has other samples")
    let whole = messages.body(0..<messages.count)
    require(received(whole.span.array, isVersion2)?.samples == first.samples, "a request put together again is another")
    var parts: [ReceivedSample] = []
    for range in [0..<messages.count / 2, messages.count / 2..<messages.count] {
      parts += received(messages.body(range).span.array, isVersion2)?.samples ?? []
    }
    require(parts == first.samples, "the halves of a request have other samples")
    if isVersion2 {
      let older = try messages.version1()
      require(received(older.span.array, false)?.samples == first.samples, "a request in 1.0 is another than in 2.0")
    }
  } catch {
    require(false, "our own request can't be taken apart")
  }
}

private struct Received {
  var samples: [ReceivedSample]
  var batch: SampleBatch
  var table: SeriesTable
  var isWhole: Bool
}

private func received(_ input: [UInt8], _ isVersion2: Bool) -> Received? {
  var decoder = RemoteWriteDecoder(key: KeyedHash.Key(5, 6), limits: limits)
  var table = SeriesTable(key: KeyedHash.Key(7, 8))
  var outcomes: [[ReceivedSample]?] = []
  var last: Received?
  // The second time it comes out of what the client's cache remembers.
  for _ in 0..<2 {
    var batch = SampleBatch(stream: 0)
    do throws(RemoteWriteDecoder.Failure) {
      let summary =
        isVersion2
        ? try decoder.decodeVersion2(input.span, table: &table, into: &batch)
        : try decoder.decodeVersion1(input.span, table: &table, into: &batch)
      let samples = batch.references.indices.map { index in
        ReceivedSample(
          labels: text(table.labels(batch.references[index])),
          timestamp: batch.timestamp(index),
          value: batch.values[index]
        )
      }
      require(summary.samples == samples.count, "the summary counts others than the batch has")
      outcomes.append(samples)
      batch.items = []
      last = Received(samples: samples, batch: batch, table: table, isWhole: summary.isWhole)
    } catch {
      outcomes.append(nil)
    }
  }
  require(outcomes[0] == outcomes[1], "a request that was seen before is another to the decoder")
  return last
}

/// Bounded whatever a block announces; and compressing what came out gives it back.
func fuzzSnappy(_ input: [UInt8]) {
  do throws(SnappyBlock.Failure) {
    let output = try SnappyBlock.decompress(input, byteCountMax: 1 << 20)
    require(output.count <= 1 << 20, "more bytes than are taken")
    require(
      try SnappyBlock.decompress(SnappyBlock.compress(output), byteCountMax: output.count) == output,
      "other bytes come back"
    )
  } catch {}
  do throws(SnappyBlock.Failure) {
    require(
      try SnappyBlock.decompress(SnappyBlock.compress(input), byteCountMax: input.count) == input,
      "other bytes come back"
    )
  } catch { require(false, "our own block can't be read") }
}
