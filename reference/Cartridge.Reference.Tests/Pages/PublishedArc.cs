namespace Cartridge.Reference.Tests;

/// <summary>
/// ARC(c) as Megiddo and Modha print it (figure 4), with lists that are searched from end to end: slow, and plainly the
/// algorithm of the paper. Entries all have size 1.
/// </summary>
internal sealed class PublishedArc(int c)
{
    private readonly LinkedList<int> _t1 = [];
    private readonly LinkedList<int> _t2 = [];
    private readonly LinkedList<int> _b1 = [];
    private readonly LinkedList<int> _b2 = [];
    private int _p;

    /// <summary>Requests a page.</summary>
    /// <returns>Whether it was in the cache.</returns>
    public bool Request(int x)
    {
        // Case I: a hit moves the page to the most recent end of T2.
        if (_t1.Remove(x) || _t2.Remove(x))
        {
            _t2.AddFirst(x);
            return true;
        }

        if (_b1.Contains(x))
        {
            // Case II
            _p = Math.Min(c, _p + Math.Max(1, _b2.Count / _b1.Count));
            Replace(false);
            _b1.Remove(x);
            _t2.AddFirst(x);
        }
        else if (_b2.Contains(x))
        {
            // Case III
            _p = Math.Max(0, _p - Math.Max(1, _b1.Count / _b2.Count));
            Replace(true);
            _b2.Remove(x);
            _t2.AddFirst(x);
        }
        else
        {
            // Case IV
            if (_t1.Count + _b1.Count == c)
            {
                if (_t1.Count < c)
                {
                    _b1.RemoveLast();
                    Replace(false);
                }
                else
                {
                    _t1.RemoveLast();
                }
            }
            else if (_t1.Count + _t2.Count + _b1.Count + _b2.Count >= c)
            {
                if (_t1.Count + _t2.Count + _b1.Count + _b2.Count == 2 * c)
                {
                    _b2.RemoveLast();
                }

                Replace(false);
            }

            _t1.AddFirst(x);
        }

        return false;
    }

    private void Replace(bool inB2)
    {
        if (_t1.Count >= 1 && ((inB2 && _t1.Count == _p) || _t1.Count > _p))
        {
            _b1.AddFirst(_t1.Last!.Value);
            _t1.RemoveLast();
        }
        else
        {
            _b2.AddFirst(_t2.Last!.Value);
            _t2.RemoveLast();
        }
    }
}
