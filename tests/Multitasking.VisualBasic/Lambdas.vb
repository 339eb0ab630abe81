Imports System.Threading.Tasks

''' <summary>In each function another lambda of the scope captured what is called unused.</summary>
Public Class Lambdas
    Private ReadOnly _member As Integer = 7

    Public Shared Function Reading(used As Integer, unused As Object) As Func(Of Integer)
        Keep(Function() unused)
        Return Function() used
    End Function

    Public Shared Function InLoop(used As Integer, unused As Object) As List(Of Func(Of Integer))
        Dim lambdas As New List(Of Func(Of Integer))
        Keep(Function() unused)
        For Each item In {1, 2, 3}
            Dim tenfold = item * 10
            lambdas.Add(Function() tenfold + used)
        Next
        Return lambdas
    End Function

    Public Shared Function Asynchronous(used As Integer, unused As Object) As Func(Of Task(Of Integer))
        Keep(Function() unused)
        Return Async Function()
                   Await Task.Yield()
                   Return used + Await Task.Run(Function() used)
               End Function
    End Function

    Public Shared Function Inner(used As Integer, unused As Object) As Func(Of Integer)
        Keep(Function() unused)
        Return Function() Enumerable.Range(0, 3).Sum(Function(item) item * used)
    End Function

    Public Function OfThis(used As Integer, unused As Object) As Func(Of Integer)
        Keep(Function() unused)
        Return Function() used + _member
    End Function

    Public Shared Function Holding(stream As Object) As Action
        Return Sub() stream.ToString()
    End Function

    Private Shared Sub Keep(other As Func(Of Object))
        GC.KeepAlive(other)
    End Sub
End Class
