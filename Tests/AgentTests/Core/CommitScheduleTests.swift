import Agent
import Model
import Testing

@Suite struct CommitScheduleTests {
  private func at(_ time: Int64) -> Moment { Moment(monotonic: time, wall: time) }

  @Test func nothingIsDueWhereNothingWasAppended() {
    let schedule = CommitSchedule(.always, fsyncIntervalMilliseconds: 1000)
    #expect(schedule.due(now: at(5000)) == nil)
    #expect(schedule.nextWake == nil)
  }

  @Test func alwaysWaitsForTheDisk() {
    var schedule = CommitSchedule(.always, fsyncIntervalMilliseconds: 1000)
    schedule.noteAppended(now: at(10))
    #expect(schedule.due(now: at(10)) == .synchronize)
    schedule.noteDone(.synchronize)
    #expect(schedule.due(now: at(11)) == nil)
  }

  @Test func anIntervalHasOneSync() {
    var schedule = CommitSchedule(.interval, fsyncIntervalMilliseconds: 1000)
    var steps: [CommitSchedule.Step] = []
    for time in stride(from: Int64(0), to: 3000, by: 100) {
      schedule.noteAppended(now: at(time))
      let step = schedule.due(now: at(time))
      if let step { schedule.noteDone(step) }
      steps += step.map { [$0] } ?? []
    }
    #expect(steps.count == 30)
    #expect(steps.count { $0 == .synchronize } == 2)
  }

  @Test func theLastAppendIsSyncedToo() {
    var schedule = CommitSchedule(.interval, fsyncIntervalMilliseconds: 1000)
    schedule.noteAppended(now: at(0))
    schedule.noteDone(.write)
    #expect(schedule.due(now: at(999)) == nil)
    #expect(schedule.nextWake == 1000)
    #expect(schedule.unsyncedMilliseconds(now: at(400)) == 400)
    #expect(schedule.due(now: at(1000)) == .synchronize)
  }

  @Test func aFailureIsTriedAgainLater() {
    var schedule = CommitSchedule(.always, fsyncIntervalMilliseconds: 1000)
    schedule.noteAppended(now: at(0))
    schedule.noteFailed(now: at(0))
    #expect(schedule.nextWake == 1000)
    schedule.noteAppended(now: at(500))
    #expect(schedule.due(now: at(999)) == nil)
    #expect(schedule.due(now: at(1000)) == .synchronize)
  }

  @Test func aDiskThatGoesOnFailingIsAskedLessOften() {
    var schedule = CommitSchedule(.interval, fsyncIntervalMilliseconds: 1000)
    schedule.noteAppended(now: at(0))
    var (tries, time): ([Int64], Int64) = ([], 0)
    while tries.count < 6 {
      schedule.noteFailed(now: at(time))
      time = schedule.nextWake ?? 0
      tries.append(time)
    }
    #expect(tries == [1000, 3000, 7000, 15_000, 23_000, 31_000])
    schedule.noteDone(.synchronize)
    schedule.noteAppended(now: at(40_000))
    schedule.noteFailed(now: at(40_000))
    #expect(schedule.nextWake == 41_000)
  }
}
