namespace Multitasking.Copying.Reporting;

/// <summary>How much there is to do, as far as it was seen.</summary>
/// <param name="Files">Files and links.</param>
/// <param name="Bytes">Bytes of the files.</param>
/// <param name="AreComplete">Whether everything was seen.</param>
internal readonly record struct SurveyTotals(long Files, long Bytes, bool AreComplete);
