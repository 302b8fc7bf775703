using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains.Tests.Ledger;

public sealed class PackedResultsTests
{
    [Fact]
    public void Results_come_back_as_they_were_packed() =>
        Gen.Byte.Array[0, 50].Array[0, 20].Sample(results =>
            Assert.Equal(results, PackedResults.Unpack(PackedResults.Pack(results))));

    [Fact]
    public void A_damaged_entry_is_refused_by_its_own_exception_or_read_but_breaks_nothing() =>
        Gen.Select(Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 400]).Sample((at, value, cut) =>
        {
            var entry = PackedResults.Pack([.. Enumerable.Range(0, 9).Select(c => LedgerFixture.Result(c).ToBytes())]);
            entry[at % entry.Length] = value;
            var damaged = entry[..Math.Min(entry.Length, cut)];
            var sound = PackedResults.ReadSound(damaged);
            try
            {
                Assert.Equal(PackedResults.Read(damaged).Count, sound.Count);
            }
            catch (InvalidDataException)
            {
                Assert.Empty(sound);
            }
        });
}
