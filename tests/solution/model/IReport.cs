namespace Multitasking.Solution.Model;

public interface IReport
{
    string Title { get; }
}
