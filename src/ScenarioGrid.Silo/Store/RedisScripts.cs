namespace ScenarioGrid.Silo;

/// <summary>What the ledger does in Redis in one step each, as Lua scripts.</summary>
/// <remarks>
/// <para>
/// A record is a string: its version as 16 digits, then its bytes. Counters are a hash, a set is a set. A list is a
/// hash of its entries by position, with <c>n</c> the entries ever appended and <c>b</c> the position of the oldest
/// kept
/// one, so a position stays when the list is shortened. What silos say is one hash: the time as 15 digits, then bytes.
/// </para>
/// <para>Every key is handed in as a key, so an access list can name them by prefix. Numbers become text by
/// <c>%d</c>, which all versions of Lua write alike.</para>
/// </remarks>
internal static class RedisScripts
{
    /// <summary>Digits before the bytes of a record.</summary>
    public const int VersionDigits = 16;

    /// <summary>Digits before the bytes that a silo says.</summary>
    public const int TimeDigits = 15;

    /// <summary>Keys: record, then one an effect. Arguments: expected version, 1 when there is a value, value; then
    /// three an effect: what, and two that depend on it. Answers 1 when made, 0 when the version differs or a
    /// requirement does not hold.</summary>
    public const string Apply =
        """
        local function version(key)
          local head = redis.call('GETRANGE', key, 0, 15)
          if head == '' then return 0 end
          return tonumber(head)
        end
        local function put(key, number, value)
          redis.call('SET', key, string.format('%016d', number) .. value)
        end
        local function append(key, entry, most)
          local n = redis.call('HINCRBY', key, 'n', 1)
          redis.call('HSET', key, string.format('%d', n - 1), entry)
          if most == 0 then return end
          local oldest = tonumber(redis.call('HGET', key, 'b') or '0')
          if n - oldest <= most then return end
          while n - oldest > most do
            redis.call('HDEL', key, string.format('%d', oldest))
            oldest = oldest + 1
          end
          redis.call('HSET', key, 'b', string.format('%d', oldest))
        end
        local has = version(KEYS[1])
        if has ~= tonumber(ARGV[1]) then return 0 end
        for k = 2, #KEYS do
          if ARGV[3 * k - 2] == 'require' then
            local there = redis.call('GET', KEYS[k])
            if not there or string.sub(there, 17) ~= ARGV[3 * k - 1] then return 0 end
          end
        end
        if ARGV[2] == '1' then
          put(KEYS[1], has + 1, ARGV[3])
        elseif has > 0 then
          redis.call('DEL', KEYS[1])
        end
        for k = 2, #KEYS do
          local key, what, x, y = KEYS[k], ARGV[3 * k - 2], ARGV[3 * k - 1], ARGV[3 * k]
          if what == 'put' then put(key, version(key) + 1, x)
          elseif what == 'delete' then redis.call('DEL', key)
          elseif what == 'add' then redis.call('HINCRBY', key, x, y)
          elseif what == 'include' then redis.call('SADD', key, x)
          elseif what == 'exclude' then redis.call('SREM', key, x)
          elseif what == 'append' then append(key, x, tonumber(y)) end
        end
        return 1
        """;

    /// <summary>Keys: counter, set, and a record when its bytes are required. Arguments: limit, the bytes. Answers the
    /// number taken, or -1.</summary>
    public const string Take =
        """
        if KEYS[3] then
          local there = redis.call('GET', KEYS[3])
          if not there or string.sub(there, 17) ~= ARGV[2] then return -1 end
        end
        local next = tonumber(redis.call('GET', KEYS[1]) or '0')
        if next >= tonumber(ARGV[1]) then return -1 end
        redis.call('INCR', KEYS[1])
        redis.call('SADD', KEYS[2], string.format('%d', next))
        return next
        """;

    /// <summary>Key: list. Arguments: first position, entries at most. Answers the entries.</summary>
    public const string Entries =
        """
        local first = math.max(tonumber(ARGV[1]), tonumber(redis.call('HGET', KEYS[1], 'b') or '0'))
        local behind = tonumber(redis.call('HGET', KEYS[1], 'n') or '0')
        local entries = {}
        for i = first, math.min(behind, first + tonumber(ARGV[2])) - 1 do
          entries[#entries + 1] = redis.call('HGET', KEYS[1], string.format('%d', i))
        end
        return entries
        """;

    /// <summary>Key: beats. Arguments: silo, what it says.</summary>
    public const string Beat =
        """
        local now = redis.call('TIME')
        local ms = tonumber(now[1]) * 1000 + math.floor(tonumber(now[2]) / 1000)
        redis.call('HSET', KEYS[1], ARGV[1], string.format('%015d', ms) .. ARGV[2])
        """;

    /// <summary>Key: beats. Answers the time in milliseconds, then silo and beat in turn.</summary>
    public const string Beats =
        """
        local now = redis.call('TIME')
        local ms = tonumber(now[1]) * 1000 + math.floor(tonumber(now[2]) / 1000)
        return { string.format('%d', ms), redis.call('HGETALL', KEYS[1]) }
        """;

    /// <summary>Key: epoch. Argument: what is proposed. Answers what holds.</summary>
    public const string Epoch =
        """
        local epoch = redis.call('GET', KEYS[1])
        if epoch then return epoch end
        redis.call('SET', KEYS[1], ARGV[1])
        return ARGV[1]
        """;
}
