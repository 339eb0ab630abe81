#:project ../src/Multitasking/Multitasking.csproj

// One object lives in a process of its own, and four processes call it through an interface, as if each had it.
// Calls take turns, so the object needs no lock; its process ends when nobody has a proxy any more.

using Multitasking;

IAccount account = await SharedObject.StartAsync<IAccount>(() => new Account(1000));
int place = SharedObject.ProcessOf(account);
Console.WriteLine(place == Environment.ProcessId ? "the account is here" : "the account is in a process of its own");

var children = Enumerable.Range(1, 4).Select(_ => ChildProcess.Start(() => Spend(account))).ToList();
children.ForEach(child => child.Join());
Console.WriteLine($"{account.Balance} left");

try
{
    await account.PayAsync(601);
}
catch (RemoteException refused)
{
    Console.WriteLine($"{refused.TypeName}: {refused.Message}");
}
SharedObject.Release(account);

static void Spend(IAccount account)
{
    for (int i = 0; i < 100; i++)
        account.Pay(1);
}

internal interface IAccount
{
    int Balance { get; }

    void Pay(int amount);

    Task PayAsync(int amount);
}

internal sealed class Account(int balance) : IAccount
{
    public int Balance { get; private set; } = balance;

    public void Pay(int amount)
    {
        if (amount > Balance)
            throw new InvalidOperationException($"There are only {Balance}.");
        Balance -= amount;
    }

    public async Task PayAsync(int amount)
    {
        await Task.Delay(10); // others are served meanwhile
        Pay(amount);
    }
}
