/**
 * A handbook to test and measure the search on: what a reader finds must not depend on the guides that
 * happen to exist.
 */
import {
  anchorOf,
  type PageTexts,
  type PageTitles,
  SEARCH_FORMAT,
  type TitlesFile,
} from './documents';

interface FixtureGuide {
  readonly u: string;
  readonly t: string;
  readonly d: string;
  readonly a?: readonly string[];
  readonly x: string;
  readonly sections: Readonly<Record<string, string>>;
}

const GUIDES: readonly FixtureGuide[] = [
  {
    u: '/traffic-control/rate-limiting-algorithms/',
    t: 'Rate limiting algorithms',
    d: 'A limit of ten a second admits twenty within one second if its windows are fixed.',
    a: ['throttling', 'API quota', 'HTTP 429'],
    x: 'A partner sends a nightly batch and the database falls over although the limiter was on.',
    sections: {
      'Fixed windows let through twice the limit':
        'The counter is reset at the boundary of each window, so a burst on both sides of it passes.',
      'A token bucket separates rate from burst':
        'Tokens drip into the bucket at the rate; its capacity is the burst that a client may send at once.',
      'Leaky bucket as a meter and as a queue':
        'The meter polices, the queue shapes: requests leave at an even pace and wait before that.',
      'GCRA keeps one timestamp':
        'The generic cell rate algorithm stores the theoretical arrival time and compares it with the clock.',
    },
  },
  {
    u: '/traffic-control/load-shedding/',
    t: 'Load shedding',
    d: 'An overloaded server that answers everyone answers nobody in time.',
    a: ['overload protection', 'brownout', 'goodput'],
    x: 'Shed early and cheaply: a rejected request must cost a fraction of an accepted one.',
    sections: {
      'Goodput collapses past the knee':
        'Clients have given up before the answer comes, so the work is wasted.',
      'Priorities decide who is shed': 'Drop batch traffic first and checkout last.',
    },
  },
  {
    u: '/resilience/retries-and-backoff/',
    t: 'Retries and backoff',
    d: 'A retry helps the one and harms the many unless its total is bounded.',
    a: ['exponential backoff', 'jitter', 'retry storm', 'thundering herd'],
    x: 'Three layers that each try three times send twenty-seven requests for one.',
    sections: {
      'Jitter spreads the herd':
        'Without randomness all clients come back in the same millisecond.',
      'A retry budget bounds the total':
        'Allow retries as a share of first attempts, kept in a token bucket.',
    },
  },
  {
    u: '/resilience/circuit-breakers/',
    t: 'Circuit breakers',
    d: 'A breaker stops asking a dependency that does not answer, and asks again with care.',
    a: ['half-open', 'bulkhead'],
    x: 'Closed, open and half-open are three states, each with fields of its own.',
    sections: {
      'Half-open lets one request through': 'A probe decides whether the circuit closes.',
      'Timeouts come first': 'A breaker without a timeout never sees a failure.',
    },
  },
  {
    u: '/caching/cache-stampede/',
    t: 'Cache stampede',
    d: 'When a hot key expires, every request recomputes it at the same moment.',
    a: ['dogpile', 'thundering herd', 'single flight'],
    x: 'One lock, one early recomputation, or one stale answer prevents it.',
    sections: {
      'Single flight: one recomputes, the others wait': 'Callers share the promise of the first.',
      'Probabilistic early expiration':
        'Each reader draws whether to refresh before the time to live has passed.',
    },
  },
  {
    u: '/caching/eviction-policies/',
    t: 'Eviction policies',
    d: 'A scan flushes an LRU cache; a policy that counts keeps what is asked for.',
    a: ['LRU', 'LFU', 'TinyLFU', 'ARC'],
    x: 'The hit ratio depends on the workload more than on the policy.',
    sections: { 'Recency and frequency': 'A sketch counts accesses in a few bits for each key.' },
  },
  {
    u: '/databases/connection-pools/',
    t: 'Connection pools',
    d: 'A bigger pool makes a saturated database slower.',
    a: ['pgbouncer', 'pool size'],
    x: "Little's law gives the number of connections in use from rate and latency.",
    sections: {
      'Queueing moves from the database to the pool':
        'Waiting in the pool is cheaper than waiting on a lock.',
    },
  },
  {
    u: '/databases/isolation-levels/',
    t: 'Isolation levels',
    d: 'Snapshot isolation permits write skew, and few applications notice.',
    a: ['MVCC', 'serializable', 'read committed', 'phantom read'],
    x: 'Two doctors go off call in two transactions that never saw each other.',
    sections: { 'Write skew': 'Both read the same rows, each writes another one.' },
  },
  {
    u: '/consensus/raft-leader-election/',
    t: 'Raft leader election',
    d: 'Randomised timeouts make a split vote unlikely, never impossible.',
    a: ['consensus', 'quorum', 'split brain'],
    x: 'A candidate needs votes of a majority of servers in its term.',
    sections: { 'Terms are a logical clock': 'A server that sees a higher term steps down.' },
  },
  {
    u: '/latency/tail-latency/',
    t: 'Tail latency',
    d: 'A page that waits for a hundred servers is as slow as the slowest.',
    a: ['p99', 'percentiles', 'hedged requests', 'fan-out'],
    x: 'Coordinated omission hides the worst from the one who measures.',
    sections: {
      'Hedged requests':
        'Send a second request after the ninety-fifth percentile and take the first answer.',
    },
  },
  {
    u: '/messaging/idempotency/',
    t: 'Idempotency keys',
    d: 'Exactly once delivery does not exist; exactly once effect does.',
    a: ['deduplication', 'at least once'],
    x: 'The key and the effect are stored in one transaction.',
    sections: { Outbox: 'The message is written with the row and sent afterwards.' },
  },
  {
    u: '/api-design/rest-resources/',
    t: 'REST resources and methods',
    d: 'A method is a promise about what a repetition does; proxies and clients rely on it.',
    a: ['PUT or PATCH', 'safe methods', 'HTTP verbs', 'RFC 9110'],
    x: 'A lost reply looks to the client like a lost request, so it sends the request again.',
    sections: {
      'Safe and idempotent are different promises':
        'GET changes nothing; PUT and DELETE may change something once, however often they are sent.',
      'Conditional requests prevent lost updates':
        'If-Match carries the ETag that the client has read; a stale one is answered with 412.',
      'Problem details for errors': 'RFC 9457 gives a type, a title and a detail in JSON.',
    },
  },
  {
    u: '/api-design/pagination/',
    t: 'Pagination',
    d: 'An offset counts rows again on every page and shows some of them twice while others are inserted.',
    a: ['cursor', 'keyset', 'limit and offset', 'infinite scroll'],
    x: 'Page one hundred reads ninety-nine pages and throws them away.',
    sections: {
      'Offsets drift when rows are inserted':
        'Every insertion before the page shifts the whole list.',
      'A keyset seeks through the index': 'The last row of a page is where the next one begins.',
      'Opaque cursors leave room to change': 'A signed token hides which columns the order has.',
    },
  },
  {
    u: '/api-design/api-versioning/',
    t: 'API versioning',
    d: 'A version that nobody turns off is kept for ever by one client in the long tail.',
    a: ['sunset header', 'breaking change', 'deprecation', 'backward compatibility'],
    x: 'Adding a field is safe only for clients that ignore what they do not know.',
    sections: {
      'Version in the path, in a header or in the media type':
        'Caches, logs and browsers see the path; content negotiation keeps the address.',
      'Brownouts find clients that read no mail':
        'Refuse the old version for ten minutes on announced days.',
    },
  },
  {
    u: '/api-design/webhooks/',
    t: 'Webhooks',
    d: 'A receiver that works before it acknowledges is called again while it is still working.',
    a: ['HTTP callbacks', 'event notification', 'HMAC signature'],
    x: 'Deliveries arrive twice, late and out of order; the receiver stores first and works afterwards.',
    sections: {
      'Sign the body, not the parsed object':
        'A signature over raw bytes survives a change of the JSON library.',
      'Replay protection needs a timestamp': 'Refuse what is older than five minutes.',
    },
  },
  {
    u: '/api-design/graphql-servers/',
    t: 'GraphQL servers',
    d: 'One query of the client becomes a hundred of the database unless the server batches them.',
    a: ['N+1 problem', 'dataloader', 'resolvers', 'query depth'],
    x: 'Each field has a resolver of its own, and a list calls it for every item.',
    sections: {
      'A data loader gathers one tick of keys':
        'It collects keys until the event loop turns, then asks once.',
      'Price a query before it runs':
        'Depth and breadth are known from the document and its arguments.',
    },
  },
  {
    u: '/traffic-control/backpressure/',
    t: 'Backpressure',
    d: 'A queue without a bound moves the failure to the moment when memory ends.',
    a: ['bounded queue', 'reactive streams', 'flow control'],
    x: 'The producer must be slowed by the consumer, or something between them grows.',
    sections: {
      'Credits tell how much may be sent':
        'The receiver grants a window; the sender stops at its end.',
      'Buffers hide overload until it is late':
        'A minute of buffer is a minute of latency for everyone behind.',
    },
  },
  {
    u: '/traffic-control/adaptive-concurrency/',
    t: 'Adaptive concurrency limits',
    d: 'A limit that follows the round trip finds the capacity that nobody has measured.',
    a: ['AIMD', 'Vegas', 'gradient limit', 'in-flight requests'],
    x: 'The limit grows while latency stays at its minimum and shrinks when a queue shows.',
    sections: {
      'Additive increase, multiplicative decrease':
        'One more for each success, a tenth less for each timeout.',
      'The minimum round trip must be measured anew':
        'A stale minimum keeps the limit too small after a deploy.',
    },
  },
  {
    u: '/traffic-control/load-balancing/',
    t: 'Load balancing',
    d: 'Two random choices leave the longest queue far shorter than one.',
    a: ['round robin', 'least connections', 'power of two choices', 'P2C'],
    x: 'A balancer knows the past of its servers, and all of them know the same past.',
    sections: {
      'Everyone sends to the server that was idle a second ago':
        'Stale information makes a herd of polite clients.',
      'Weighted by what a server can do': 'New machines are faster than old ones in the same pool.',
    },
  },
  {
    u: '/resilience/timeouts-and-deadlines/',
    t: 'Timeouts and deadlines',
    d: 'A timeout that is longer than that of the caller works for nobody.',
    a: ['deadline propagation', 'cancellation', 'context deadline'],
    x: 'Pass on the time that is left, not a timeout for each hop.',
    sections: {
      'Choose it from the tail, not from the mean':
        'A timeout at the ninety-ninth percentile gives up one in a hundred good answers.',
      'Cancel what nobody waits for': 'Work that goes on after the caller has left is pure load.',
    },
  },
  {
    u: '/resilience/graceful-shutdown/',
    t: 'Graceful shutdown',
    d: 'A pod that stops at once drops the requests that the balancer has not heard about.',
    a: ['SIGTERM', 'connection draining', 'preStop hook', 'rolling update'],
    x: 'Fail the readiness probe, wait until Kubernetes has spread the endpoints, then finish what has begun.',
    sections: {
      'Keep-alive connections outlive their welcome':
        'Answer with Connection: close while draining.',
      'Workers give back what they have not begun':
        'A job that was taken and not acknowledged returns by itself.',
    },
  },
  {
    u: '/resilience/health-checks/',
    t: 'Health checks',
    d: 'A probe that checks the database takes all servers out when the database hiccups.',
    a: ['liveness', 'readiness', 'startup probe', 'heartbeat'],
    x: 'Liveness asks whether a restart would help; readiness asks whether traffic should come.',
    sections: {
      'Deep checks turn one failure into many':
        'Every instance fails at the same moment and the balancer has nobody left.',
    },
  },
  {
    u: '/resilience/chaos-experiments/',
    t: 'Chaos experiments',
    d: 'An experiment without a hypothesis is an outage that someone has planned.',
    a: ['fault injection', 'game day', 'blast radius'],
    x: 'State the steady state, break one thing, and stop at the first surprise.',
    sections: {
      'Begin with one instance in a hundred':
        'The blast radius grows only after the hypothesis has held.',
    },
  },
  {
    u: '/caching/http-caching/',
    t: 'HTTP caching',
    d: 'Freshness saves the request, validation saves the body, and they are often confused.',
    a: ['Cache-Control', 'ETag', 'stale-while-revalidate', 'CDN', '304 Not Modified'],
    x: 'no-cache stores and asks; no-store keeps nothing.',
    sections: {
      'Vary multiplies the entries of a cache':
        'Each value of a named header has a copy of its own.',
      'Purge by tag, not by address': 'Surrogate keys name what a response was made from.',
    },
  },
  {
    u: '/caching/cache-aside/',
    t: 'Cache-aside and its rivals',
    d: 'Whoever writes must invalidate, and between the two a reader may store what is old.',
    a: ['lazy loading', 'read-through', 'write-through', 'write-behind', 'invalidation'],
    x: 'Delete after the commit, and let a version number refuse the late writer.',
    sections: {
      'Write-behind acknowledges what it may lose': 'The buffer is gone with the process.',
      'The race of a slow reader with an invalidation':
        'A lease from the cache lets only one fill be stored.',
    },
  },
  {
    u: '/databases/indexing/',
    t: 'Database indexing',
    d: 'An index whose first column is not asked for is read from end to end.',
    a: ['B-tree', 'composite index', 'covering index', 'EXPLAIN', 'full table scan'],
    x: 'The planner compares costs; a wrong estimate of rows makes the wrong plan cheap.',
    sections: {
      'Equality first, range last': 'Columns after a range cannot narrow the scan.',
      'Every index is paid for by every write':
        'A hot update is impossible once an indexed column changes.',
      'LSM trees trade reads for writes':
        'Compaction rewrites each row many times: write amplification.',
    },
  },
  {
    u: '/databases/replication-lag/',
    t: 'Replication lag',
    d: 'A user who has just written reads a replica and finds nothing.',
    a: ['read your own writes', 'read replica', 'eventual consistency', 'failover', 'hot standby'],
    x: 'Send the reader to the primary until its position has been replayed.',
    sections: {
      'Semi-synchronous waits for one of many': 'A commit returns when one replica has the log.',
      'Failover loses what was not shipped':
        'The recovery point is the lag at the moment of the crash.',
    },
  },
  {
    u: '/databases/schema-migrations/',
    t: 'Zero-downtime schema migrations',
    d: 'The lock that waits in line blocks everyone who comes after it.',
    a: ['expand and contract', 'ALTER TABLE', 'backfill', 'online DDL'],
    x: 'Set a lock timeout, retry, and keep both shapes readable by two versions of the code.',
    sections: {
      'Backfill in batches that pause': 'Replicas and vacuum must keep up with it.',
      'A column is renamed in four deploys': 'Add, write both, read the new one, drop.',
    },
  },
  {
    u: '/databases/sharding/',
    t: 'Sharding',
    d: 'The key that spreads writes evenly is seldom the key that queries ask for.',
    a: ['partitioning', 'consistent hashing', 'hot partition', 'resharding', 'virtual nodes'],
    x: 'Moving one shard must not move the keys of all others.',
    sections: {
      'Consistent hashing moves few keys':
        'A new node takes a share from each of its neighbours on the ring.',
      'A celebrity makes a hot partition': 'One key cannot be split by hashing it.',
    },
  },
  {
    u: '/databases/two-phase-commit/',
    t: 'Two-phase commit',
    d: 'A participant that has voted yes may not decide alone, however long the coordinator is silent.',
    a: ['XA transactions', 'atomic commitment', 'in-doubt transaction'],
    x: 'Locks are held from the vote to the decision, and the decision may be a crashed machine away.',
    sections: {
      'The coordinator must remember before it speaks':
        'The decision is forced to its log before the first message.',
    },
  },
  {
    u: '/messaging/dead-letter-queues/',
    t: 'Dead letter queues',
    d: 'A message that can never succeed blocks the line or is tried for ever, unless it is set aside.',
    a: ['poison message', 'redrive', 'maximum receive count'],
    x: 'Set it aside with the error, the number of attempts and the time of the first of them.',
    sections: {
      'Redrive slowly':
        'Ten thousand old messages at once are an attack on the service that has just recovered.',
      'An alarm on the first letter, not on the thousandth':
        'The age of the oldest message says more than the count.',
    },
  },
  {
    u: '/messaging/outbox/',
    t: 'The outbox pattern',
    d: 'Writing to the database and to the broker is two writes, and one of them can fail.',
    a: ['dual write', 'transactional outbox', 'CDC', 'change data capture', 'Debezium'],
    x: 'Store the event in the same transaction and let a relay publish it at least once.',
    sections: {
      'Polling or reading the log': 'A poller adds load and latency; the log adds an operator.',
      'Order is kept for each key': 'Sequence numbers have gaps while transactions overlap.',
    },
  },
  {
    u: '/messaging/kafka-consumer-groups/',
    t: 'Kafka consumer groups',
    d: 'More consumers than partitions are idle, and each rebalance stops all of them.',
    a: ['rebalance', 'partition assignment', 'consumer lag', 'offset commit'],
    x: 'Commit after the work to do it at least once, before it to do it at most once.',
    sections: {
      'Cooperative rebalancing stops only what moves': 'Partitions that stay are read on.',
      'Lag in seconds, not in messages':
        'A thousand messages are a moment for one topic and a day for another.',
    },
  },
  {
    u: '/messaging/background-jobs/',
    t: 'Background jobs',
    d: 'A job that holds its lock in a transaction keeps the vacuum waiting.',
    a: ['SKIP LOCKED', 'job queue', 'cron', 'visibility timeout', 'delayed job'],
    x: 'A worker that is slower than its visibility timeout has company on the same job.',
    sections: {
      'SKIP LOCKED lets workers pass each other': 'Each takes the first row that nobody holds.',
      'Scheduled twice at the change of the clock':
        'Local time has an hour that comes twice and one that never does.',
    },
  },
  {
    u: '/real-time/websockets/',
    t: 'WebSockets',
    d: 'Every reconnection after a deploy arrives in the same second.',
    a: ['RFC 6455', 'ping and pong', 'sticky sessions', 'upgrade handshake'],
    x: 'A connection is state on one machine, and machines are replaced.',
    sections: {
      'Slow readers fill the memory of the sender':
        'Bound the buffer of each socket and drop or disconnect.',
      'Resume from the last event seen': 'A reconnecting client names the number it has.',
    },
  },
  {
    u: '/real-time/server-sent-events/',
    t: 'Server-sent events',
    d: 'One way is often enough, and it survives proxies that an upgrade does not.',
    a: ['EventSource', 'text/event-stream', 'Last-Event-ID', 'long polling'],
    x: 'The browser reconnects by itself and says which event it has seen last.',
    sections: {
      'Six connections for each host':
        'HTTP/1.1 browsers stop there; HTTP/2 shares one connection.',
    },
  },
  {
    u: '/communication/grpc-services/',
    t: 'gRPC services',
    d: 'A connection that lives for ever is balanced once.',
    a: ['protobuf', 'HTTP/2', 'bidirectional streaming', 'deadline exceeded'],
    x: 'Balance by request on the client or in a proxy that understands HTTP/2.',
    sections: {
      'Field numbers are the contract': 'A number that was removed must never be used again.',
      'Flow control of a stream':
        'A slow consumer stops the sender at the window of sixty-four kilobytes.',
    },
  },
  {
    u: '/communication/service-discovery/',
    t: 'Service discovery',
    d: 'Clients go on calling an address for as long as something caches it.',
    a: ['DNS TTL', 'registry', 'sidecar', 'service mesh'],
    x: 'A record with a short life is kept longer by half of the resolvers.',
    sections: {
      'A registry must fail towards the last answer': 'Yesterday’s addresses are better than none.',
    },
  },
  {
    u: '/identity/jwt-authentication/',
    t: 'JWT authentication',
    d: 'A token that nobody looks up cannot be taken back before it expires.',
    a: ['refresh token', 'token revocation', 'JWKS', 'signature algorithm none', 'bearer token'],
    x: 'Short access tokens, rotating refresh tokens, and a family that is revoked when one is used twice.',
    sections: {
      'Keys rotate while tokens are alive':
        'Publish the new key before it signs and keep the old one until its tokens are dead.',
      'Clock skew rejects the youngest tokens': 'Allow a minute of leeway on nbf and exp.',
    },
  },
  {
    u: '/identity/oauth-and-openid-connect/',
    t: 'OAuth 2.0 and OpenID Connect',
    d: 'An access token says what may be done, never who is sitting there.',
    a: ['PKCE', 'authorization code', 'OIDC', 'single sign-on', 'scopes'],
    x: 'The code is bound to a verifier that only the client which began knows.',
    sections: {
      'State and nonce stop two different attacks':
        'One binds the callback, the other the identity token.',
    },
  },
  {
    u: '/identity/password-storage/',
    t: 'Password storage',
    d: 'A hash that is fast for you is fast for whoever stole the table.',
    a: ['Argon2', 'bcrypt', 'salt and pepper', 'credential stuffing'],
    x: 'Tune memory and passes to what a login may cost, and rehash on the next login.',
    sections: {
      'A login storm is a queue of expensive hashes': 'Bound how many are computed at once.',
    },
  },
  {
    u: '/identity/access-control-models/',
    t: 'Access control: RBAC, ABAC and ReBAC',
    d: 'Roles multiply until nobody knows what one of them permits.',
    a: ['role-based access control', 'Zanzibar', 'policy engine', 'permissions'],
    x: 'Relations such as owner and member are followed to an answer.',
    sections: {
      'The new enemy problem': 'A check on stale data lets in who was removed a moment ago.',
    },
  },
  {
    u: '/distributed-systems/sagas/',
    t: 'Sagas',
    d: 'A saga shows its intermediate states to everyone; a compensation does not undo the past.',
    a: ['compensating transaction', 'orchestration', 'choreography', 'long-running transaction'],
    x: 'Every step has a compensation that must succeed in the end, however often it is tried.',
    sections: {
      'An orchestrator crashes between two steps':
        'It reads its log and goes on from the last that was recorded.',
      'Semantic locks tell others to wait':
        'A pending flag is a lock that the business understands.',
    },
  },
  {
    u: '/distributed-systems/quorums/',
    t: 'Quorum reads and writes',
    d: 'Reads and writes that overlap in one replica are still not linearizable.',
    a: ['Dynamo', 'R + W > N', 'read repair', 'hinted handoff', 'sloppy quorum'],
    x: 'A write that reached a minority may be seen by one reader and missed by the next.',
    sections: {
      'Read repair writes while reading':
        'The newest version is sent to those who answered with an older one.',
    },
  },
  {
    u: '/distributed-systems/gossip/',
    t: 'Gossip protocols',
    d: 'A rumour reaches everyone in logarithmic time, and the last ones take the longest.',
    a: ['epidemic broadcast', 'SWIM', 'membership', 'anti-entropy', 'phi accrual'],
    x: 'Each round every node tells a few others what it has heard.',
    sections: {
      'Suspicion before death': 'A node that is suspected may refute it with a higher incarnation.',
    },
  },
  {
    u: '/distributed-systems/distributed-locks/',
    t: 'Distributed locks',
    d: 'A lock with a lease does not stop the process that slept through its end.',
    a: ['fencing token', 'lease', 'Redlock', 'mutual exclusion', 'ZooKeeper'],
    x: 'The store must refuse a token that is smaller than one it has seen.',
    sections: {
      'A pause of the garbage collector outlives the lease':
        'The process wakes and writes as if nothing had happened.',
    },
  },
  {
    u: '/distributed-systems/event-sourcing/',
    t: 'Event sourcing',
    d: 'The log is the truth, and every view of it is late.',
    a: ['CQRS', 'projection', 'snapshots', 'append-only log', 'event store'],
    x: 'State is a fold over the events; a snapshot saves the beginning of the fold.',
    sections: {
      'Upcasters read what old code has written':
        'Events are kept for ever, their schemas are not.',
      'Rebuilding a projection takes a weekend': 'Build the new one beside the old, then switch.',
    },
  },
  {
    u: '/distributed-systems/vector-clocks/',
    t: 'Vector clocks and CRDTs',
    d: 'Without a common clock only causes can be ordered, and the rest has to be merged.',
    a: ['Lamport timestamp', 'happened-before', 'conflict-free replicated data types', 'causality'],
    x: 'Two updates that do not know of each other are concurrent, whatever the wall clocks say.',
    sections: {
      'A counter that merges':
        'Each replica counts its own increments, and the sum is taken on reading.',
    },
  },
  {
    u: '/observability/distributed-tracing/',
    t: 'Distributed tracing',
    d: 'Sampling at the head throws away the slow requests that you wanted to see.',
    a: ['OpenTelemetry', 'OTel', 'spans', 'trace context', 'tail sampling', 'correlation id'],
    x: 'Decide after the end, when it is known whether the trace is worth keeping.',
    sections: {
      'Context is lost at the queue': 'Put the traceparent into the message and link, do not nest.',
      'Clock skew makes children older than parents':
        'Spans of two machines are aligned by their calls.',
    },
  },
  {
    u: '/observability/service-level-objectives/',
    t: 'Service level objectives',
    d: 'An alert on the error budget wakes you for what users feel.',
    a: ['SLO', 'SLI', 'SLA', 'error budget', 'burn rate'],
    x: 'A budget of forty-three minutes a month is spent by one bad deploy.',
    sections: {
      'Two windows make an alert fast and calm':
        'The long one says that it matters, the short one that it still does.',
    },
  },
  {
    u: '/observability/structured-logging/',
    t: 'Structured logging',
    d: 'A line that only people can read is found by nobody at three in the morning.',
    a: ['JSON logs', 'log levels', 'redaction', 'PII'],
    x: 'One wide event for each request, with everything that was known at its end.',
    sections: {
      'Logging blocks the request it describes': 'A full pipe stops the process that writes to it.',
    },
  },
  {
    u: '/observability/metrics-cardinality/',
    t: 'Metrics and cardinality',
    d: 'A label with the id of a user makes one time series for each user.',
    a: ['Prometheus', 'histogram buckets', 'quantile estimation', 'counters and gauges'],
    x: 'Averages of percentiles mean nothing; histograms add up.',
    sections: { 'A rate over a counter that was reset': 'The fall to zero is read as a restart.' },
  },
  {
    u: '/architecture/capacity-planning/',
    t: 'Capacity planning',
    d: 'At eighty percent utilisation the line is four times the service, at ninety-five nineteen times.',
    a: ["Little's law", 'utilisation', 'queueing theory', 'M/M/1', 'Erlang C', 'headroom'],
    x: 'Half of the machines must carry all of the load when a zone is lost.',
    sections: {
      'One line for many servers': 'A shared queue is never idle while someone waits.',
      'Variance costs as much as load': 'Kingman shows both in one product.',
    },
  },
  {
    u: '/architecture/autoscaling/',
    t: 'Autoscaling',
    d: 'A scaler that is slower than the load adds servers to the quiet after it.',
    a: ['HPA', 'scale to zero', 'cold start', 'target tracking'],
    x: 'The delay between a measurement and a ready server decides whether it oscillates.',
    sections: {
      'Scale on the queue, not on the processor':
        'A worker that waits for the database has an idle processor and a long line.',
    },
  },
  {
    u: '/architecture/api-gateways/',
    t: 'API gateways',
    d: 'A gateway that composes pages becomes the monolith that it was to hide.',
    a: ['backend for frontend', 'BFF', 'reverse proxy', 'edge routing'],
    x: 'Authentication, limits and routing belong there; business rules do not.',
    sections: {
      'Aggregation waits for the slowest': 'Answer with what is there when the deadline comes.',
    },
  },
  {
    u: '/architecture/feature-flags/',
    t: 'Feature flags',
    d: 'Two flags are four programs, and only one of them was tested.',
    a: ['toggle', 'dark launch', 'progressive rollout', 'canary', 'kill switch'],
    x: 'A flag that has no owner and no end is a branch for ever.',
    sections: { 'Sticky assignment by hash': 'The same user sees the same side on every server.' },
  },
  {
    u: '/runtimes/garbage-collection/',
    t: 'Garbage collection pauses',
    d: 'The heap that is twice as large is collected half as often.',
    a: ['GC', 'stop the world', 'G1', 'ZGC', 'generational hypothesis'],
    x: 'Objects that live a little longer than a request are the expensive ones.',
    sections: {
      'A pause looks like a network failure to others':
        'Heartbeats stop and the leader is deposed.',
    },
  },
  {
    u: '/runtimes/event-loop-blocking/',
    t: 'Blocking the event loop',
    d: 'One slow callback makes every request slow, those of others included.',
    a: ['Node.js', 'libuv', 'worker threads', 'event loop lag'],
    x: 'Parsing a megabyte of JSON takes longer than the deadline of those who wait behind it.',
    sections: {
      'Measure the lag of a timer': 'A timer that fires late tells how long the loop was held.',
    },
  },
];

/** As the glossary, the catalogue and the tags would add them. */
const OTHERS: readonly (PageTitles & { readonly d: string })[] = [
  {
    k: 'category',
    u: '/traffic-control/',
    t: 'Traffic control',
    d: 'What a service does with more requests than it can serve.',
  },
  {
    k: 'category',
    u: '/databases/',
    t: 'Databases',
    d: 'Indexes, transactions and the price of both.',
  },
  {
    k: 'simulation',
    u: '/simulations/rate-limiter-race/',
    t: 'Rate limiter race',
    g: '/traffic-control/rate-limiting-algorithms/',
    a: ['Fixed window', 'Token bucket', 'Leaky bucket', 'GCRA'],
    d: 'Several limiters decide about the same arrivals.',
  },
  {
    k: 'simulation',
    u: '/simulations/breaker-and-storm/',
    t: 'A breaker in a retry storm',
    g: '/resilience/circuit-breakers/',
    a: ['Count-based window', 'Time-based window'],
    d: 'A dependency fails for ten seconds and its clients retry.',
  },
  {
    k: 'term',
    u: '/glossary/#idempotency',
    t: 'Idempotency',
    a: ['idempotent'],
    d: 'Doing it again changes nothing more.',
  },
  {
    k: 'term',
    u: '/glossary/#goodput',
    t: 'Goodput',
    d: 'Answers a second that still came in time.',
  },
  {
    k: 'term',
    u: '/glossary/#quorum',
    t: 'Quorum',
    a: ['majority'],
    d: 'So many replicas that any two such groups share one.',
  },
  {
    k: 'term',
    u: '/glossary/#throttling',
    t: 'Throttling',
    d: 'Slowing or refusing a client that sends more than its share.',
  },
  { k: 'tag', u: '/tags/overload/', t: 'overload', d: '' },
  { k: 'tag', u: '/tags/consistency/', t: 'consistency', d: '' },
  {
    k: 'page',
    u: '/settings/',
    t: 'Settings',
    a: ['preferences', 'stored data'],
    d: 'What is kept in this browser.',
  },
  { k: 'command', u: 'command:theme-dark', t: 'Dark theme', a: ['dark mode', 'night'], d: '' },
];

export const SYNONYMS: readonly (readonly string[])[] = [
  ['rate limiting', 'rate limiter', 'throttling', 'throttle'],
  ['dead letter queue', 'DLQ'],
  ['two-phase commit', '2PC'],
  ['JSON web token', 'JWT'],
  ['multi-version concurrency control', 'MVCC'],
  ['time to live', 'TTL'],
  ['event loop', 'reactor'],
  ['service level objective', 'SLO'],
  ['server-sent events', 'SSE'],
  ['load shedding', 'admission control'],
  ['Kubernetes', 'k8s'],
];

export const titles: TitlesFile = {
  format: SEARCH_FORMAT,
  synonyms: SYNONYMS,
  texts: [],
  pages: [
    ...GUIDES.map(
      ({ u, t, a = [], sections }): PageTitles => ({
        k: 'guide',
        u,
        t,
        a,
        s: Object.keys(sections),
      }),
    ),
    ...OTHERS.map(({ d: _, ...page }) => page),
  ],
};

export const texts: readonly PageTexts[] = [
  ...GUIDES.map(
    ({ u, d, x, sections }): PageTexts => ({ u, d, x: [x, ...Object.values(sections)] }),
  ),
  ...OTHERS.map(({ u, d }): PageTexts => ({ u, d })),
];

/** Address of a section of the fixture by its heading. */
export function sectionUrl(guide: string, heading: string): string {
  return `${guide}#${anchorOf(heading)}`;
}
