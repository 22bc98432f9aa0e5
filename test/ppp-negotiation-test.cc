/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/ipcp-protocol.h"
#include "ns3/ipv6cp-protocol.h"
#include "ns3/lcp-protocol.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <algorithm>
#include <functional>
#include <iomanip>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief PPP control protocols, two ends on a pipe that delays and loses.
 *
 * Behaviours:
 *  1. after any disturbance two routers (Max-Configure "for ever", a retry out of Stopped) are both
 *     Opened within 3 T + R + 5 d, agree on everything, and stay so; 10,000 random runs
 *  2. with the counters of RFC 1661 an end gives up after 10 requests in 30 s, stays Stopped when
 *     the line is back, and is fetched from there by the first request of its peer
 *  3. a repeated request keeps its identifier, or takes a new one as Cisco IOS does
 *  4. two ends with the same Magic-Number find two different ones
 *  5. a looped line is never Opened, is told to be looped, is not flooded, and opens when repaired
 *  6. Naks are bounded by Max-Failure in both directions, Magic-Numbers excepted; an Ack and a new
 *     negotiation start the count over
 *  7. unknown options are rejected as they came, malformed ones Nak'ed, and what we ask for given
 *     up when rejected
 *  8. IPCP assigns an address, and has one assigned; IPV6CP tells identifiers apart
 *  9. termination by either end, answered and unanswered
 * 10. unknown codes are answered by a Code-Reject cut to the peer's MRU; a Code-Reject of what can
 *     be done without is lived with, one of the rest is fatal
 * 11. Protocol-Reject: sent only when Opened, passed on, fatal for LCP, final for a network
 * protocol
 * 12. echoes: bytes of Cisco IOS and of pppd; ignored unless Opened; our own come back are told
 * 13. answers to nothing, Acks that differ, second answers and malformed packets change nothing
 * 14. an owner may call back from anywhere; Reset silences at once
 * 15. a stalled process hears nothing and catches up afterwards
 * 16. consoles see the packets, states and timeouts of a captured transcript
 * 17. an answer at the very instant of the timeout is in time
 */

namespace ns3
{
namespace keepalive
{
namespace
{

using State = PppAutomaton::State;
using Direction = PppControlProtocol::Direction;

/**
 * @brief A packet made of bytes.
 * @param hex the bytes as hexadecimal text, spaces allowed
 * @return the packet
 */
Ptr<Packet>
FromHex(const std::string& hex)
{
    std::vector<uint8_t> bytes;
    std::string pair;
    for (const char digit : hex)
    {
        if (digit != ' ')
        {
            pair += digit;
        }
        if (pair.size() == 2)
        {
            bytes.push_back(static_cast<uint8_t>(std::stoul(pair, nullptr, 16)));
            pair.clear();
        }
    }
    return Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
}

/**
 * @brief Bytes of a packet as hexadecimal text.
 * @param packet the packet
 * @return lower-case digits without spaces
 */
std::string
ToHex(Ptr<const Packet> packet)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    std::ostringstream hex;
    hex << std::hex << std::setfill('0');
    for (const uint8_t byte : bytes)
    {
        hex << std::setw(2) << +byte;
    }
    return hex.str();
}

/**
 * @brief A number as hexadecimal text.
 * @param number the number
 * @return without 0x
 */
std::string
Hex(uint32_t number)
{
    std::ostringstream hex;
    hex << std::hex << number;
    return hex.str();
}

/**
 * @ingroup keepalive-tests
 * @brief One end: a protocol, whatever it says, and its end of the pipe.
 */
class End : public LcpProtocol::Owner
{
  public:
    /// A packet that was sent.
    struct Sent
    {
        Time when;       //!< when
        std::string hex; //!< from its code on
    };

    /// What is done to an end at random.
    enum Act
    {
        UP,
        DOWN,
        OPEN,
        CLOSE,
        CRASH,
        STALL,
        GO_ON,
        ACTS
    };

    /**
     * @brief Give it a Link Control Protocol.
     * @param config its configuration
     * @return the protocol
     */
    LcpProtocol& MakeLcp(const LcpProtocol::LcpConfig& config)
    {
        auto made = std::make_unique<LcpProtocol>(*this, config);
        lcp = made.get();
        protocol = std::move(made);
        return *lcp;
    }

    /**
     * @brief Do something to the protocol.
     * @param act what
     */
    void Do(Act act)
    {
        switch (act)
        {
        case UP:
            protocol->Up();
            break;
        case DOWN:
            protocol->Down();
            break;
        case OPEN:
            protocol->Open();
            break;
        case CLOSE:
            protocol->Close();
            break;
        case CRASH:
            protocol->Reset();
            break;
        case STALL:
            protocol->SetStalled(true);
            break;
        case GO_ON:
        case ACTS:
            protocol->SetStalled(false);
            break;
        }
    }

    /// Allowed, and on a line that is ready.
    void Begin()
    {
        protocol->Open();
        protocol->Up();
    }

    /**
     * @brief A packet arrives.
     * @param hex the packet, from its code on
     */
    void Inject(const std::string& hex)
    {
        protocol->Receive(FromHex(hex));
    }

    /**
     * @brief What was said, and forget it.
     * @return all calls but those for consoles, separated by commas
     */
    std::string TakeCalls()
    {
        std::string all;
        for (const std::string& call : calls)
        {
            all += (all.empty() ? "" : ", ") + call;
        }
        calls.clear();
        return all;
    }

    /**
     * @brief What was sent, and forget it.
     * @return packets in hexadecimal, separated by spaces
     */
    std::string TakeSent()
    {
        std::string all;
        for (const Sent& one : sent)
        {
            all += (all.empty() ? "" : " ") + one.hex;
        }
        sent.clear();
        return all;
    }

    /**
     * @brief How many packets of a kind were sent.
     * @param code the kind
     * @return how many
     */
    std::size_t Count(uint8_t code) const
    {
        return std::count_if(sent.begin(), sent.end(), [code](const Sent& one) {
            return std::stoul(one.hex.substr(0, 2), nullptr, 16) == code;
        });
    }

    // inherited from PppControlProtocol::Owner
    void SendControl(uint16_t number, Ptr<Packet> packet) override
    {
        if (number != protocol->GetProtocol())
        {
            Say("wrong protocol");
        }
        if (keep)
        {
            sent.push_back({Simulator::Now(), ToHex(packet)});
        }
        const bool lost = random && std::generate_canonical<double, 53>(*random) < loss;
        if (peer && !lost)
        {
            Simulator::Schedule(delay, &End::Arrive, peer, packet);
        }
        React("send");
    }

    void ThisLayerUp(uint16_t) override
    {
        Say("up");
    }

    void ThisLayerDown(uint16_t) override
    {
        Say("down");
    }

    void ThisLayerStarted(uint16_t) override
    {
        Say("started");
    }

    void ThisLayerFinished(uint16_t) override
    {
        Say("finished");
    }

    void ControlDropped(uint16_t, Ptr<const Packet>, DropReason reason) override
    {
        Say(std::string("dropped ") + keepalive::ToString(reason));
    }

    void ControlTrace(uint16_t, Direction direction, Ptr<const Packet> packet, State state) override
    {
        if (keep)
        {
            PppControlHeader header;
            packet->PeekHeader(header);
            std::ostringstream line;
            line << Simulator::Now().GetMilliSeconds() << ' '
                 << (direction == Direction::SENT ? 'O' : 'I') << ' '
                 << PppControlHeader::GetCodeName(header.GetCode()) << " [" << ToConsoleName(state)
                 << "] id " << +header.GetIdentifier() << " len " << header.GetLength();
            console.push_back(line.str());
        }
        React("trace");
    }

    void ControlTimeout(uint16_t, State state) override
    {
        if (keep)
        {
            console.push_back(std::to_string(Simulator::Now().GetMilliSeconds()) +
                              " TIMEout: State " + ToConsoleName(state));
        }
        React("timeout");
    }

    // inherited from LcpProtocol::Owner
    void EchoReplied(uint8_t identifier, uint32_t magic) override
    {
        Say("echo " + std::to_string(identifier) + " " + Hex(magic));
    }

    void LineLooped() override
    {
        Say("looped");
    }

    void ProtocolRejected(uint16_t number) override
    {
        Say("rejected " + Hex(number));
    }

    std::unique_ptr<PppControlProtocol> protocol;          //!< the protocol
    LcpProtocol* lcp{nullptr};                             //!< the same, if it is LCP
    End* peer{nullptr};                                    //!< where the pipe leads; null: nowhere
    Time delay{MilliSeconds(10)};                          //!< of the pipe, one way
    double loss{0};                                        //!< probability
    std::mt19937_64* random{nullptr};                      //!< what decides on losses
    bool keep{true};                                       //!< keep what follows
    std::vector<std::string> calls;                        //!< what the protocol said
    std::vector<Sent> sent;                                //!< what it sent
    std::vector<std::string> console;                      //!< what a console would see
    std::function<void(const std::string& call)> reaction; //!< run inside every call

  private:
    /**
     * @brief The other end of the pipe.
     * @param packet what comes out of it
     */
    void Arrive(Ptr<Packet> packet)
    {
        protocol->Receive(packet);
    }

    /**
     * @brief Note a call, and react to it.
     * @param call the call
     */
    void Say(const std::string& call)
    {
        if (keep)
        {
            calls.push_back(call);
        }
        React(call);
    }

    /**
     * @brief React to a call.
     * @param call the call
     */
    void React(const std::string& call)
    {
        if (reaction)
        {
            reaction(call);
        }
    }
};

/// Two ends and the pipe between them.
struct Pair
{
    Pair()
    {
        a.peer = &b;
        b.peer = &a;
    }

    /// Let both begin now.
    void Begin()
    {
        a.Begin();
        b.Begin();
    }

    /**
     * @brief Whether both are Opened.
     * @return true if they are
     */
    bool IsOpened() const
    {
        return a.protocol->IsOpened() && b.protocol->IsOpened();
    }

    /**
     * @brief Let time pass.
     * @param time how much
     */
    static void Run(Time time)
    {
        Simulator::Stop(time);
        Simulator::Run();
    }

    End a; //!< one end
    End b; //!< the other
};

/// An LCP configuration with this Magic-Number.
LcpProtocol::LcpConfig
WithMagic(uint32_t magic)
{
    LcpProtocol::LcpConfig config;
    config.fixedMagic = magic;
    return config;
}

/// Two ends of LCP, A with magic 0xa and B with magic 0xb.
struct LcpPair : Pair
{
    explicit LcpPair(const LcpProtocol::LcpConfig& configA = WithMagic(0xa),
                     const LcpProtocol::LcpConfig& configB = WithMagic(0xb))
    {
        a.MakeLcp(configA).AssignStreams(1);
        b.MakeLcp(configB).AssignStreams(2);
    }
};

/// A test case whose simulation is cleaned up after it.
class NegotiationTest : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit NegotiationTest(const std::string& name)
        : TestCase(name)
    {
    }

  private:
    void DoTeardown() override
    {
        Simulator::Destroy();
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 1. Whatever happened, both open in the end.
 *
 * The bound. Let disturbances and losses end at t0 with both ends allowed and on a ready line; T
 * the longer Restart timer, R the longer retry time, d the delay, 2 d < T.
 *  - An end in Stopping or Closing has sent its last Terminate-Request by t0 + T: there are two of
 *    them. If it finds the peer Opened, by t0 + T + d, the peer waits T in Stopping, R in Stopped,
 *    and asks: so by t1 = t0 + 2 T + R + d everybody is, for good, in Req-Sent, Ack-Rcvd, Ack-Sent
 *    or Opened.
 *  - By t1 + T everybody not Opened has sent a request, which is answered within 2 d.
 *  - An end in Ack-Rcvd whose timer expires just before the peer's request arrives asks once more:
 *    one more round trip. An Opened end that is asked asks in turn: one more round trip.
 * Together 3 T + R + 5 d. Requests and answers keep their order on a line, so none of them finds an
 * end Opened that was sent before the answer that opened it.
 */
class RecoveryTest : public NegotiationTest
{
  public:
    RecoveryTest()
        : NegotiationTest("two routers open in the end, in 10,000 random histories")
    {
    }

  private:
    static constexpr int RUNS = 10000;  //!< random histories
    static constexpr double CHAOS = 30; //!< seconds of disturbances in each
    static constexpr double QUIET = 20; //!< seconds after the bound during which nothing happens

    /**
     * @brief A random number.
     * @param random where from
     * @param low least
     * @param high most
     * @return uniform between the two
     */
    static double Draw(std::mt19937_64& random, double low, double high)
    {
        return low + (high - low) * std::generate_canonical<double, 53>(random);
    }

    /**
     * @brief A router, of one make or another.
     * @param random decides
     * @return its configuration
     */
    static LcpProtocol::LcpConfig DrawConfig(std::mt19937_64& random)
    {
        LcpProtocol::LcpConfig config;
        config.common.maxConfigure = 0;
        config.common.restartTimer = MilliSeconds(random() % 2 ? 2000 : 3000);
        config.common.renewIdentifier = random() % 2;
        config.common.retryAfter = Seconds(Draw(random, 0.1, 5));
        config.common.restart = random() % 2;
        config.common.passive = random() % 2;
        config.mru = random() % 2 ? 1500 : 1492;
        config.pfc = random() % 2;
        config.acfc = random() % 2;
        return config;
    }

    /// Both are allowed and the line is ready, from now on and for ever.
    static void EndOfChaos(Pair* pair)
    {
        for (End* end : {&pair->a, &pair->b})
        {
            end->loss = 0;
            end->protocol->SetStalled(false);
            const State state = end->protocol->GetState();
            if (state == State::INITIAL || state == State::CLOSED || state == State::CLOSING)
            {
                end->protocol->Open(); // only then: with option r it would begin afresh
            }
            end->protocol->Up();
        }
    }

    /**
     * @brief One history.
     * @param run its number
     * @return what went wrong, empty if nothing
     */
    std::string RunOne(int run)
    {
        std::mt19937_64 random(20240501 + run);
        const LcpProtocol::LcpConfig configs[] = {DrawConfig(random), DrawConfig(random)};
        const Time delay = Seconds(Draw(random, 0.0001, 0.9));
        Pair pair;
        pair.a.MakeLcp(configs[0]).AssignStreams(2 * run + 1000);
        pair.b.MakeLcp(configs[1]).AssignStreams(2 * run + 1001);
        for (End* end : {&pair.a, &pair.b})
        {
            end->keep = false;
            end->delay = delay;
            end->loss = 0.2;
            end->random = &random;
            Simulator::Schedule(Seconds(Draw(random, 0, 3)), &End::Begin, end);
            const int acts = static_cast<int>(random() % 12);
            for (int i = 0; i < acts; i++)
            {
                const auto act = static_cast<End::Act>(random() % End::ACTS);
                const double when = Draw(random, 0, CHAOS);
                Simulator::Schedule(Seconds(when), &End::Do, end, act);
                // What goes down mostly comes up, so that much of the time something happens.
                const auto undo = act == End::DOWN    ? End::UP
                                  : act == End::CLOSE ? End::OPEN
                                  : act == End::STALL ? End::GO_ON
                                                      : End::OPEN;
                const double later = when + Draw(random, 0, 4);
                if (later < CHAOS)
                {
                    Simulator::Schedule(Seconds(later), &End::Do, end, undo);
                    if (act == End::CRASH)
                    {
                        Simulator::Schedule(Seconds(later), &End::Do, end, End::UP);
                    }
                }
            }
        }
        Simulator::Schedule(Seconds(CHAOS), &RecoveryTest::EndOfChaos, &pair);

        const Time restart =
            std::max(configs[0].common.restartTimer, configs[1].common.restartTimer);
        const Time retry = std::max(configs[0].common.retryAfter, configs[1].common.retryAfter);
        const Time bound = 3 * restart + retry + 5 * delay;
        Pair::Run(Seconds(CHAOS) + bound);
        std::string wrong = Judge(pair, "at the bound");
        if (wrong.empty())
        {
            bool stayed = true;
            for (End* end : {&pair.a, &pair.b})
            {
                end->reaction = [&stayed](const std::string& call) {
                    stayed = stayed && call != "down";
                };
            }
            Pair::Run(Seconds(QUIET));
            wrong = stayed ? Judge(pair, "later") : "went down in peace";
        }
        Simulator::Destroy();
        return wrong;
    }

    /**
     * @brief Judge the outcome.
     * @param pair the two ends
     * @param when when it is judged
     * @return what is wrong, empty if nothing
     */
    static std::string Judge(const Pair& pair, const std::string& when)
    {
        if (!pair.IsOpened())
        {
            return when + " " + keepalive::ToString(pair.a.protocol->GetState()) + " and " +
                   keepalive::ToString(pair.b.protocol->GetState());
        }
        const auto equal = [](const LcpProtocol::Negotiated& one,
                              const LcpProtocol::Negotiated& other) {
            return one.mru == other.mru && one.magic == other.magic && one.pfc == other.pfc &&
                   one.acfc == other.acfc && one.accm == other.accm;
        };
        const bool agreed = equal(pair.a.lcp->GetLocal(), pair.b.lcp->GetRemote()) &&
                            equal(pair.b.lcp->GetLocal(), pair.a.lcp->GetRemote());
        return agreed ? "" : when + " they disagree";
    }

    void DoRun() override
    {
        int failures = 0;
        for (int run = 0; run < RUNS && failures < 10; run++)
        {
            const std::string wrong = RunOne(run);
            failures += wrong.empty() ? 0 : 1;
            NS_TEST_EXPECT_MSG_EQ(wrong, "", "run " << run);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2, 3, 17. What the counters and the timer do.
 */
class CountersTest : public NegotiationTest
{
  public:
    CountersTest()
        : NegotiationTest("requests are counted, timed and identified as configured")
    {
    }

  private:
    /**
     * @brief What an end without a peer sends, and when.
     * @param config its configuration
     * @param time how long to watch
     * @return seconds and identifiers
     */
    std::string Watch(const LcpProtocol::LcpConfig& config, Time time)
    {
        End end;
        end.MakeLcp(config);
        end.Begin();
        Pair::Run(time);
        std::string all;
        for (const End::Sent& one : end.sent)
        {
            all += std::to_string(one.when.GetMilliSeconds() / 1000) + ":" + one.hex.substr(2, 2) +
                   " ";
        }
        all += end.TakeCalls();
        Simulator::Destroy();
        return all;
    }

    void DoRun() override
    {
        // RFC 1661 section 4.6: 10 requests, 3 s apart.
        LcpProtocol::LcpConfig config;
        NS_TEST_EXPECT_MSG_EQ(
            Watch(config, Seconds(100)),
            "0:01 3:01 6:01 9:01 12:01 15:01 18:01 21:01 24:01 27:01 started, finished",
            "RFC 1661");
        config.common.passive = true;
        config.common.maxConfigure = 2;
        NS_TEST_EXPECT_MSG_EQ(Watch(config, Seconds(100)), "0:01 3:01 started", "option p");
        config.common.maxConfigure = 0;
        const std::string endless = Watch(config, Seconds(2999));
        NS_TEST_EXPECT_MSG_EQ(std::count(endless.begin(), endless.end(), ':'), 1000, "for ever");

        // Cisco IOS, as captured: every 2.000 s with a new identifier.
        config = LcpProtocol::LcpConfig();
        config.common = PppControlProtocol::Config::CiscoIos();
        NS_TEST_EXPECT_MSG_EQ(Watch(config, Seconds(9)),
                              "0:01 2:02 4:03 6:04 8:05 started",
                              "Cisco IOS");
        // Given up, and begun again by itself.
        config = LcpProtocol::LcpConfig();
        config.common.maxConfigure = 1;
        config.common.retryAfter = Seconds(5);
        NS_TEST_EXPECT_MSG_EQ(Watch(config, Seconds(18)),
                              "0:01 8:02 16:03 started, finished, started, finished, started",
                              "retry");

        // Both gave up while the line was cut: nothing happens any more, until one is restarted.
        {
            LcpPair pair;
            pair.a.peer = nullptr;
            pair.b.peer = nullptr;
            pair.Begin();
            Pair::Run(Seconds(31));
            pair.a.peer = &pair.b;
            pair.b.peer = &pair.a;
            Pair::Run(Seconds(1000));
            NS_TEST_EXPECT_MSG_EQ((pair.a.protocol->GetState() == State::STOPPED), true, "A");
            NS_TEST_EXPECT_MSG_EQ((pair.b.protocol->GetState() == State::STOPPED), true, "B");
            pair.a.protocol->Down();
            pair.a.protocol->Up();
            Pair::Run(MilliSeconds(40));
            NS_TEST_EXPECT_MSG_EQ(pair.IsOpened(), true, "within two round trips");
            Simulator::Destroy();
        }

        // The Ack comes at the very instant of the timeout: no second request.
        LcpPair pair;
        pair.a.delay = MilliSeconds(1500);
        pair.b.delay = MilliSeconds(1500);
        pair.Begin();
        Pair::Run(Seconds(20));
        NS_TEST_EXPECT_MSG_EQ(pair.IsOpened(), true, "in time");
        NS_TEST_EXPECT_MSG_EQ(pair.a.Count(PppControlHeader::CONFIGURE_REQUEST), 1, "one");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4, 5. Magic-Numbers.
 */
class MagicTest : public NegotiationTest
{
  public:
    MagicTest()
        : NegotiationTest("equal Magic-Numbers are told from a looped line")
    {
    }

  private:
    void DoRun() override
    {
        {
            LcpPair pair(WithMagic(0x77), WithMagic(0x77));
            pair.Begin();
            Pair::Run(Seconds(1));
            NS_TEST_EXPECT_MSG_EQ(pair.IsOpened(), true, "they come to terms");
            const uint32_t magicA = pair.a.lcp->GetLocal().magic;
            const uint32_t magicB = pair.b.lcp->GetLocal().magic;
            NS_TEST_EXPECT_MSG_NE(magicA, magicB, "different");
            NS_TEST_EXPECT_MSG_NE(magicA, 0, "legal");
            NS_TEST_EXPECT_MSG_NE(magicB, 0, "legal");
            NS_TEST_EXPECT_MSG_EQ(pair.a.Count(PppControlHeader::CONFIGURE_NAK), 1, "one Nak");
            NS_TEST_EXPECT_MSG_EQ(pair.a.lcp->IsLooped(), false, "not looped");
            Simulator::Destroy();
        }
        for (const uint32_t maxConfigure : {0, 10})
        {
            LcpProtocol::LcpConfig config = WithMagic(0xa);
            config.common.maxConfigure = maxConfigure;
            LcpPair pair(config, config);
            pair.a.peer = &pair.a;
            bool opened = false;
            pair.a.reaction = [&opened](const std::string& call) {
                opened = opened || call == "up";
            };
            pair.a.Begin();
            Pair::Run(Seconds(300));
            NS_TEST_EXPECT_MSG_EQ(opened, false, "never Opened on a looped line");
            NS_TEST_EXPECT_MSG_EQ(pair.a.lcp->IsLooped(), true, "looped");
            const auto told = std::count(pair.a.calls.begin(), pair.a.calls.end(), "looped");
            NS_TEST_EXPECT_MSG_EQ(told, (maxConfigure ? 10 : 100), "told each time");
            // 10 fast rounds, of which 9 are Nak'ed, and then one request every 3 s.
            NS_TEST_EXPECT_MSG_EQ(pair.a.Count(PppControlHeader::CONFIGURE_NAK), 9, "Naks");
            NS_TEST_EXPECT_MSG_EQ(pair.a.Count(PppControlHeader::CONFIGURE_REQUEST),
                                  (maxConfigure ? 19U : 109U),
                                  "requests");
            NS_TEST_EXPECT_MSG_EQ(pair.a.Count(PppControlHeader::CONFIGURE_REJECT), 0, "insists");

            // Each with a new number, and therefore with a new identifier.
            const std::string last = pair.a.sent.back().hex;
            const std::string before = pair.a.sent[pair.a.sent.size() - 2].hex;
            NS_TEST_EXPECT_MSG_NE(last.substr(2, 2), before.substr(2, 2), "identifier");
            NS_TEST_EXPECT_MSG_NE(last.substr(12), before.substr(12), "Magic-Number");

            pair.a.peer = &pair.b;
            pair.b.Begin();
            Pair::Run(Seconds(4));
            NS_TEST_EXPECT_MSG_EQ(pair.IsOpened(), true, "repaired");
            NS_TEST_EXPECT_MSG_EQ(pair.a.lcp->IsLooped(), false, "repaired");
            Simulator::Destroy();
        }

        // Zero is illegal and Nak'ed, at most Max-Failure times.
        End end;
        end.MakeLcp(WithMagic(0xa));
        end.Begin();
        end.sent.clear();
        for (int i = 0; i < 5; i++)
        {
            end.Inject("0101000a 050600000000");
        }
        NS_TEST_EXPECT_MSG_EQ(end.Count(PppControlHeader::CONFIGURE_NAK), 5, "Nak'ed");
        end.sent.clear();
        end.Inject("0101000a 050600000000");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "0401000a050600000000", "then rejected");
        end.Inject("0101000a 05060000000a");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent().substr(0, 12), "0301000a0506", "but never our own");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6, 7. Options in dispute.
 */
class OptionsTest : public NegotiationTest
{
  public:
    OptionsTest()
        : NegotiationTest("options in dispute are Nak'ed, rejected and given up")
    {
    }

  private:
    /// Which Naks count towards Max-Failure, and until when.
    void CheckCounting()
    {
        const std::string wrong = "0155000a 03060a000001";
        const std::string right = "0155000a 03060a000009";
        const std::string naked = "0355000a03060a000009";
        IpcpProtocol::IpcpConfig config;
        config.remote = Ipv4Address("10.0.0.9");
        End end;
        end.protocol = std::make_unique<IpcpProtocol>(end, config);
        end.Begin();
        end.TakeSent();
        const auto nakFive = [&](const std::string& when) {
            for (int i = 0; i < 5; i++)
            {
                end.Inject(wrong);
                NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), naked, when);
            }
        };
        // A Reject is no Nak, even if there was something to be Nak'ed.
        for (int i = 0; i < 5; i++)
        {
            end.Inject("0155000e 03060a000001 0204002d");
            NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "045500080204002d", "rejected");
        }
        nakFive("after rejects");
        end.Inject(right);
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "0255000a03060a000009", "agreed");
        nakFive("after an Ack");
        end.Inject(wrong);
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "0455000a03060a000001", "rejected");
        end.protocol->Down();
        end.protocol->Up();
        end.TakeSent();
        nakFive("after Down and Up");
        Pair::Run(Seconds(100));
        end.TakeSent();
        NS_TEST_EXPECT_MSG_EQ((end.protocol->GetState() == State::STOPPED), true, "given up");
        end.Inject(wrong);
        NS_TEST_EXPECT_MSG_EQ(end.sent.back().hex, naked, "after Stopped");

        // Our own address, assigned and then rejected, and asked for anew.
        const auto& ipcp = static_cast<const IpcpProtocol&>(*end.protocol);
        const std::string last = end.sent[0].hex.substr(2, 2);
        end.Inject("03" + last + "000a 03060a000002");
        NS_TEST_EXPECT_MSG_EQ(ipcp.GetLocalAddress(), Ipv4Address("10.0.0.2"), "assigned");
        const std::string next = end.sent.back().hex.substr(2, 2);
        end.Inject("04" + next + "000a 03060a000002");
        NS_TEST_EXPECT_MSG_EQ(ipcp.GetLocalAddress(), Ipv4Address::GetAny(), "rejected");
        NS_TEST_EXPECT_MSG_EQ(end.sent.back().hex.size(), 8, "asks for nothing");
        end.protocol->Down();
        end.TakeSent();
        end.protocol->Up();
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent().substr(4), "000a030600000000", "asks anew");

        // A peer that never agrees.
        End stubborn;
        config.local = Ipv4Address("10.0.0.1");
        stubborn.protocol = std::make_unique<IpcpProtocol>(stubborn, config);
        stubborn.Begin();
        for (int id = 1; id < 6; id++)
        {
            stubborn.Inject("030" + std::to_string(id) + "000a 03060a000007");
            NS_TEST_EXPECT_MSG_EQ(stubborn.sent.back().hex.substr(4),
                                  "000a03060a000001",
                                  "insists");
        }
        stubborn.Inject("0306000a 03060a000007");
        NS_TEST_EXPECT_MSG_EQ(stubborn.sent.back().hex, "01070004", "asks no more");
    }

    void DoRun() override
    {
        End end;
        LcpProtocol::LcpConfig config = WithMagic(0x11223344);
        config.mru = 1492;
        config.accm = 0x000a0000;
        config.pfc = true;
        config.acfc = true;
        end.MakeLcp(config);
        end.Begin();
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(),
                              "01010018010405d40206000a000005061122334407020802",
                              "asks for everything");

        // Authentication and an unknown option are rejected as they came, the others not told of.
        end.Inject("01070017 0305c22305 05060000beef 0702 0d06aabbccdd");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "0407000f0305c223050d06aabbccdd", "rejected");
        // Wrong lengths and an MRU that is too small are answered by right ones.
        end.Inject("01080015 01030a 0205000000 0702 080300 01040040");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(),
                              "03080014010405dc0206000000000802"
                              "01040080",
                              "Nak'ed");
        end.Inject("01090018 01040400 020600000000 05060000beef 0702 0802");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(),
                              "020900180104040002060000000005060000beef07020802",
                              "acknowledged");
        NS_TEST_EXPECT_MSG_EQ(end.lcp->GetRemote().mru, 1024, "the peer's MRU");
        NS_TEST_EXPECT_MSG_EQ(end.lcp->GetRemote().accm, 0, "the peer's ACCM");
        NS_TEST_EXPECT_MSG_EQ(end.lcp->GetRemote().magic, 0xbeef, "the peer's Magic-Number");
        NS_TEST_EXPECT_MSG_EQ(end.lcp->GetRemote().pfc, true, "the peer takes PFC");
        NS_TEST_EXPECT_MSG_EQ(end.lcp->GetRemote().acfc, true, "the peer takes ACFC");

        // Our own: another MRU is taken over, more of the ACCM too, what is unasked for is ignored.
        end.Inject("03010017 01040400 020600000001 0305c22305 07020802");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(),
                              "0102001401040400"
                              "0206000a0001050611223344",
                              "asks again");
        // A rejected option is asked for no more; of a foreign one nothing is believed.
        end.Inject("0402000a 0206000a0000");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "", "not what was asked");
        NS_TEST_EXPECT_MSG_EQ(end.TakeCalls(), "started, dropped bad-option", "dropped");
        end.Inject("0402000a 0206000a0001");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(),
                              "0103000e010404000506"
                              "11223344",
                              "asks for the rest");
        end.Inject("0403000a 050611223344");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "0104000801040400", "without Magic-Number");
        end.Inject("0101000a 050611223344");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "0201000a050611223344", "the peer may have it now");

        // Nak'ed for ever: after Max-Failure times no longer asked for. Two were had above.
        for (int id = 4; id < 8; id++)
        {
            end.Inject("030" + std::to_string(id) + "0008 01040200");
            end.TakeSent();
        }
        end.Inject("03080008 01040200");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "01090004", "asks for nothing");
        end.Inject("02090004");
        NS_TEST_EXPECT_MSG_EQ(end.TakeCalls(), "up", "and gets it");
        NS_TEST_EXPECT_MSG_EQ(end.lcp->GetLocal().magic, 0, "no Magic-Number");
        NS_TEST_EXPECT_MSG_EQ(end.lcp->GetLocal().mru, 1500, "the default");

        // An MRU that could not be received is not taken over; an ACCM is given up as well; and a
        // new negotiation begins with everything.
        End greedy;
        greedy.MakeLcp(config);
        greedy.Begin();
        for (int id = 1; id < 6; id++)
        {
            greedy.sent.clear();
            greedy.Inject("030" + std::to_string(id) + "000e 01042328 0206000a0000");
            NS_TEST_EXPECT_MSG_EQ(greedy.sent.back().hex.substr(8, 20),
                                  "010405d40206000a0000",
                                  "insists");
        }
        greedy.sent.clear();
        greedy.Inject("0306000e 01042328 0206000a0000");
        NS_TEST_EXPECT_MSG_EQ(greedy.TakeSent(), "0107000e05061122334407020802", "gives up");
        greedy.protocol->Down();
        greedy.protocol->Up();
        NS_TEST_EXPECT_MSG_EQ(greedy.TakeSent().substr(8, 20), "010405d40206000a0000", "anew");
        greedy.Inject("0308000e 01042328 0206000a0000");
        NS_TEST_EXPECT_MSG_EQ(greedy.TakeSent().substr(8, 20), "010405d40206000a0000", "insists");

        // A Magic-Number is never given up, lest a looped line opens.
        End magic;
        magic.MakeLcp(WithMagic(0x11223344));
        magic.Begin();
        for (int id = 1; id < 9; id++)
        {
            magic.sent.clear();
            magic.Inject("030" + std::to_string(id) + "000a 0506deadbeef");
            NS_TEST_EXPECT_MSG_EQ(magic.sent.size(), 1, "asks again");
            NS_TEST_EXPECT_MSG_EQ(magic.sent[0].hex.substr(4, 8), "000a0506", "for another");
        }
        Simulator::Destroy();

        CheckCounting();
        Simulator::Destroy();

        // Two ends of IPCP that insist on different addresses.
        Pair pair;
        IpcpProtocol::IpcpConfig one;
        one.local = Ipv4Address("10.0.0.1");
        one.remote = Ipv4Address("10.0.0.9");
        IpcpProtocol::IpcpConfig other;
        other.local = Ipv4Address("10.0.0.2");
        pair.a.protocol = std::make_unique<IpcpProtocol>(pair.a, one);
        pair.b.protocol = std::make_unique<IpcpProtocol>(pair.b, other);
        pair.Begin();
        Pair::Run(Seconds(1));
        NS_TEST_EXPECT_MSG_EQ(pair.a.Count(PppControlHeader::CONFIGURE_NAK), 5, "Max-Failure");
        NS_TEST_EXPECT_MSG_EQ(pair.a.Count(PppControlHeader::CONFIGURE_REJECT), 1, "then rejected");
        NS_TEST_EXPECT_MSG_EQ(pair.IsOpened(), true, "and Opened without");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 8. Addresses.
 */
class AddressTest : public NegotiationTest
{
  public:
    AddressTest()
        : NegotiationTest("IPCP assigns addresses, IPV6CP tells identifiers apart")
    {
    }

  private:
    /// What RFC 5072 section 4.1 says of identifiers that cannot be.
    void CheckIdentifiers()
    {
        End end;
        Ipv6cpProtocol::Ipv6cpConfig config;
        config.identifier = 0x1111111111111111;
        end.protocol = std::make_unique<Ipv6cpProtocol>(end, config);
        end.Begin();
        end.TakeSent();
        end.Inject("0155000e 010a0000000000000000");
        NS_TEST_EXPECT_MSG_EQ(end.sent.back().hex.substr(0, 12), "0355000e010a", "zero is Nak'ed");
        const std::string suggested = end.TakeSent().substr(12);
        NS_TEST_EXPECT_MSG_NE(suggested, "0000000000000000", "with something better");
        end.Inject("0301000e 010a2222222222222222");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "0102000e010a2222222222222222", "taken over");
        end.Inject("0302000e 010a" + suggested);
        NS_TEST_EXPECT_MSG_NE(end.TakeSent().substr(12), suggested, "our own come back is not");
        end.Inject("0303000e 010a0000000000000000");
        NS_TEST_EXPECT_MSG_NE(end.TakeSent().substr(12), "0000000000000000", "neither is zero");
        end.Inject("0304000e 010a3333333333333333");
        end.Inject("0305000e 010a3333333333333333");
        end.TakeSent();
        end.Inject("0306000e 010a3333333333333333");
        NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "01070004", "asks no more");
        const auto& protocol = static_cast<const Ipv6cpProtocol&>(*end.protocol);
        NS_TEST_EXPECT_MSG_EQ(protocol.GetLocalIdentifier(), 0, "and has none");
    }

    void DoRun() override
    {
        CheckIdentifiers();
        Simulator::Destroy();
        {
            Pair pair;
            IpcpProtocol::IpcpConfig server;
            server.local = Ipv4Address("10.0.0.1");
            server.remote = Ipv4Address("10.0.0.2");
            const IpcpProtocol::IpcpConfig client;
            pair.a.protocol = std::make_unique<IpcpProtocol>(pair.a, server);
            pair.b.protocol = std::make_unique<IpcpProtocol>(pair.b, client);
            pair.Begin();
            Pair::Run(Seconds(1));
            NS_TEST_EXPECT_MSG_EQ(pair.IsOpened(), true, "Opened");
            const auto& a = static_cast<const IpcpProtocol&>(*pair.a.protocol);
            const auto& b = static_cast<const IpcpProtocol&>(*pair.b.protocol);
            NS_TEST_EXPECT_MSG_EQ(a.GetLocalAddress(), Ipv4Address("10.0.0.1"), "as configured");
            NS_TEST_EXPECT_MSG_EQ(a.GetRemoteAddress(), Ipv4Address("10.0.0.2"), "as assigned");
            NS_TEST_EXPECT_MSG_EQ(b.GetLocalAddress(), Ipv4Address("10.0.0.2"), "as assigned");
            NS_TEST_EXPECT_MSG_EQ(b.GetRemoteAddress(), Ipv4Address("10.0.0.1"), "as told");
            NS_TEST_EXPECT_MSG_EQ(pair.b.TakeSent().substr(0, 20), "0101000a030600000000", "asks");
            pair.b.protocol->Down();
            pair.b.protocol->Up();
            NS_TEST_EXPECT_MSG_EQ(pair.b.TakeSent(), "0103000a030600000000", "asks anew");
            Simulator::Destroy();
        }
        {
            Pair pair;
            const IpcpProtocol::IpcpConfig client;
            pair.a.protocol = std::make_unique<IpcpProtocol>(pair.a, client);
            pair.b.protocol = std::make_unique<IpcpProtocol>(pair.b, client);
            pair.Begin();
            Pair::Run(Seconds(1));
            NS_TEST_EXPECT_MSG_EQ(pair.IsOpened(), true, "Opened without addresses");
            NS_TEST_EXPECT_MSG_EQ(pair.a.Count(PppControlHeader::CONFIGURE_REJECT), 1, "none");
            const auto& a = static_cast<const IpcpProtocol&>(*pair.a.protocol);
            NS_TEST_EXPECT_MSG_EQ(a.GetLocalAddress(), Ipv4Address::GetAny(), "none");
            NS_TEST_EXPECT_MSG_EQ(a.GetRemoteAddress(), Ipv4Address::GetAny(), "none");
            // Header compression, which nobody here speaks.
            pair.a.sent.clear();
            pair.a.Inject("01210010 0206002d0f01 030601020304");
            NS_TEST_EXPECT_MSG_EQ(pair.a.sent.back().hex, "0421000a0206002d0f01", "rejected");
            Simulator::Destroy();
        }
        for (const uint64_t identifier : {uint64_t{0}, uint64_t{0x1234}})
        {
            Pair pair;
            Ipv6cpProtocol::Ipv6cpConfig config;
            config.identifier = identifier;
            auto a = std::make_unique<Ipv6cpProtocol>(pair.a, config);
            auto b = std::make_unique<Ipv6cpProtocol>(pair.b, config);
            a->AssignStreams(1);
            b->AssignStreams(2);
            pair.a.protocol = std::move(a);
            pair.b.protocol = std::move(b);
            pair.Begin();
            Pair::Run(Seconds(1));
            NS_TEST_EXPECT_MSG_EQ(pair.IsOpened(), true, "Opened");
            const auto& one = static_cast<const Ipv6cpProtocol&>(*pair.a.protocol);
            const auto& other = static_cast<const Ipv6cpProtocol&>(*pair.b.protocol);
            NS_TEST_EXPECT_MSG_EQ(one.GetLocalIdentifier(), other.GetRemoteIdentifier(), "A's");
            NS_TEST_EXPECT_MSG_EQ(other.GetLocalIdentifier(), one.GetRemoteIdentifier(), "B's");
            NS_TEST_EXPECT_MSG_NE(one.GetLocalIdentifier(), other.GetLocalIdentifier(), "differ");
            NS_TEST_EXPECT_MSG_NE(one.GetLocalIdentifier(), 0, "legal");
            NS_TEST_EXPECT_MSG_EQ((one.GetLocalIdentifier() >> 57 & 1), 0, "not globally unique");
            NS_TEST_EXPECT_MSG_EQ(pair.a.Count(PppControlHeader::CONFIGURE_NAK),
                                  (identifier ? 1U : 0U),
                                  "a collision is Nak'ed");
            Simulator::Destroy();
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 9. Termination.
 */
class TerminationTest : public NegotiationTest
{
  public:
    TerminationTest()
        : NegotiationTest("either end terminates, answered or not")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool byA : {true, false})
        {
            LcpPair pair;
            pair.Begin();
            Pair::Run(Seconds(1));
            End& closer = byA ? pair.a : pair.b;
            End& other = byA ? pair.b : pair.a;
            closer.TakeCalls();
            other.TakeCalls();
            closer.sent.clear();
            other.sent.clear();
            closer.protocol->Close();
            NS_TEST_EXPECT_MSG_EQ(closer.TakeCalls(), "down", "at once");
            Pair::Run(Seconds(1));
            NS_TEST_EXPECT_MSG_EQ(closer.TakeCalls(), "finished", "answered");
            NS_TEST_EXPECT_MSG_EQ((closer.protocol->GetState() == State::CLOSED), true, "Closed");
            NS_TEST_EXPECT_MSG_EQ(closer.TakeSent(), "05020004", "Terminate-Request");
            NS_TEST_EXPECT_MSG_EQ(other.TakeSent(), "06020004", "Terminate-Ack");
            NS_TEST_EXPECT_MSG_EQ(other.TakeCalls(), "down", "asked");
            NS_TEST_EXPECT_MSG_EQ((other.protocol->GetState() == State::STOPPING), true, "waits");
            Pair::Run(Seconds(3));
            NS_TEST_EXPECT_MSG_EQ(other.TakeCalls(), "finished", "after one Restart timer");
            NS_TEST_EXPECT_MSG_EQ((other.protocol->GetState() == State::STOPPED), true, "Stopped");

            // While closed, requests are answered by Terminate-Acks.
            closer.Inject("01630004");
            NS_TEST_EXPECT_MSG_EQ(closer.TakeSent(), "06630004", "closed");
            closer.Inject("02640004");
            NS_TEST_EXPECT_MSG_EQ(closer.TakeSent(), "06640004", "closed");
            Pair::Run(Seconds(1));

            closer.protocol->Open();
            Pair::Run(Seconds(1));
            NS_TEST_EXPECT_MSG_EQ(pair.IsOpened(), true, "opened again");
            Simulator::Destroy();
        }

        LcpPair pair;
        pair.Begin();
        Pair::Run(Seconds(1));
        pair.a.TakeCalls();
        pair.a.sent.clear();
        pair.a.peer = nullptr;
        pair.a.protocol->Close();
        Pair::Run(MilliSeconds(5999));
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeSent(), "05020004 05030004", "Max-Terminate is 2");
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeCalls(), "down", "still waiting");
        Pair::Run(MilliSeconds(2));
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeCalls(), "finished", "gave up after 2 times 3 s");
        NS_TEST_EXPECT_MSG_EQ((pair.a.protocol->GetState() == State::CLOSED), true, "Closed");
        Simulator::Destroy();

        // Answers that come too late mean nothing; not even a looped line is looked for.
        End late;
        late.MakeLcp(WithMagic(0xa));
        late.Begin();
        late.protocol->Close();
        late.TakeCalls();
        late.Inject("0201000a 05060000000a");
        NS_TEST_EXPECT_MSG_EQ(late.TakeCalls(), "dropped bad-identifier", "closing");
        late.Inject("06020004");
        NS_TEST_EXPECT_MSG_EQ(late.TakeCalls(), "finished", "closed");
        late.sent.clear();
        for (int i = 0; i < 12; i++)
        {
            late.Inject("0101000a 05060000000a");
        }
        NS_TEST_EXPECT_MSG_EQ(late.Count(PppControlHeader::TERMINATE_ACK), 12, "closed");
        NS_TEST_EXPECT_MSG_EQ(late.TakeCalls(), "", "closed");

        // A router, asked to terminate: waits once, retries, and is told each time.
        LcpProtocol::LcpConfig router = WithMagic(0xa);
        router.common = PppControlProtocol::Config::CiscoIos();
        LcpPair routers(router, WithMagic(0xb));
        routers.Begin();
        Pair::Run(Seconds(1));
        routers.b.protocol->Close();
        Pair::Run(MilliSeconds(100));
        routers.a.TakeCalls();
        routers.a.TakeSent();
        Pair::Run(MilliSeconds(3800));
        NS_TEST_EXPECT_MSG_EQ(routers.a.TakeSent(), "", "2 s in Stopping, 2 s in Stopped");
        NS_TEST_EXPECT_MSG_EQ(routers.a.TakeCalls(), "finished", "in between");
        Pair::Run(Seconds(4));
        NS_TEST_EXPECT_MSG_EQ(routers.a.sent.size(), 2, "asks every 2 s");
        NS_TEST_EXPECT_MSG_EQ(routers.b.sent.back().hex.substr(0, 2), "06", "is told");
        routers.b.protocol->Open();
        Pair::Run(Seconds(1));
        NS_TEST_EXPECT_MSG_EQ(routers.IsOpened(), true, "and opened again");
        Simulator::Destroy();

        // The line goes, and comes back.
        LcpPair line;
        line.Begin();
        Pair::Run(Seconds(1));
        line.a.TakeCalls();
        line.a.protocol->Down();
        NS_TEST_EXPECT_MSG_EQ(line.a.TakeCalls(), "down", "the line is gone");
        line.a.Inject("01010004");
        NS_TEST_EXPECT_MSG_EQ(line.a.TakeCalls(), "dropped not-opened", "nothing is heard");
        line.a.sent.clear();
        Pair::Run(Seconds(100));
        NS_TEST_EXPECT_MSG_EQ(line.a.TakeSent(), "", "and nothing is said");
        line.a.protocol->Up();
        Pair::Run(Seconds(1));
        NS_TEST_EXPECT_MSG_EQ(line.IsOpened(), true, "opened again");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 10, 11. What one end does not know.
 */
class RejectTest : public NegotiationTest
{
  public:
    RejectTest()
        : NegotiationTest("unknown codes and protocols are rejected, and rejections heeded")
    {
    }

  private:
    /// Two Opened ends with nothing noted, B with an MRU of 128.
    std::unique_ptr<LcpPair> MakeOpened()
    {
        LcpProtocol::LcpConfig small = WithMagic(0xb);
        small.mru = 128;
        auto pair = std::make_unique<LcpPair>(WithMagic(0xa), small);
        pair->Begin();
        Pair::Run(Seconds(1));
        NS_TEST_EXPECT_MSG_EQ(pair->IsOpened(), true, "Opened");
        pair->a.TakeCalls();
        pair->a.TakeSent();
        pair->b.TakeCalls();
        pair->b.TakeSent();
        return pair;
    }

    void DoRun() override
    {
        auto pair = MakeOpened();
        End& a = pair->a;

        // Identification (RFC 1570), which is not implemented, with padding behind it.
        a.Inject("0c050009 0000000b 41 9999");
        NS_TEST_EXPECT_MSG_EQ(a.TakeSent(), "0702000d0c0500090000000b41", "Code-Reject");
        std::string bytes;
        for (int i = 0; i < 996; i++)
        {
            bytes += "55";
        }
        a.Inject("630503e8" + bytes);
        NS_TEST_ASSERT_MSG_EQ(a.sent.size(), 1, "Code-Reject");
        NS_TEST_EXPECT_MSG_EQ(a.sent[0].hex.size(), 2 * 128, "cut to the peer's MRU");
        NS_TEST_EXPECT_MSG_EQ(a.TakeSent().substr(0, 16), "07030080630503e8", "a new identifier");
        NS_TEST_EXPECT_MSG_EQ(a.protocol->IsOpened(), true, "goes on");

        // The peer does not know Echo-Requests.
        NS_TEST_EXPECT_MSG_EQ(a.lcp->SendEchoRequest().has_value(), true, "not told yet");
        a.Inject("07010008 09010004");
        NS_TEST_EXPECT_MSG_EQ(a.protocol->IsOpened(), true, "lives with it");
        NS_TEST_EXPECT_MSG_EQ(a.lcp->SendEchoRequest().has_value(), false, "sends none any more");
        a.TakeSent();
        a.protocol->Down();
        a.protocol->Up();
        a.TakeSent();
        a.Inject("630503e8" + bytes);
        NS_TEST_EXPECT_MSG_EQ(a.TakeSent().size(), 2 * 1004, "the peer's MRU is forgotten");
        Pair::Run(Seconds(1));
        NS_TEST_EXPECT_MSG_EQ(a.lcp->SendEchoRequest().has_value(), true, "a new negotiation");
        a.TakeCalls();
        a.TakeSent();
        a.Inject("07010004");
        NS_TEST_EXPECT_MSG_EQ(a.TakeCalls(), "dropped truncated", "rejects nothing");
        a.TakeSent();

        // Protocols.
        NS_TEST_EXPECT_MSG_EQ(a.lcp->SendProtocolReject(0x8207, FromHex("01010004")), true, "sent");
        NS_TEST_EXPECT_MSG_EQ(a.TakeSent(), "0806000a820701010004", "Protocol-Reject");
        a.lcp->SendProtocolReject(0x0021, FromHex(bytes));
        NS_TEST_EXPECT_MSG_EQ(a.TakeSent().size(), 2 * 128, "cut to the peer's MRU");
        a.Inject("08010006 8057");
        NS_TEST_EXPECT_MSG_EQ(a.TakeCalls(), "rejected 8057", "passed on");
        a.Inject("08010005 80");
        NS_TEST_EXPECT_MSG_EQ(a.TakeCalls(), "dropped truncated", "no protocol");
        NS_TEST_EXPECT_MSG_EQ(a.protocol->IsOpened(), true, "goes on");
        a.Inject("08010006 c021");
        NS_TEST_EXPECT_MSG_EQ(a.TakeCalls(), "down", "fatal");
        NS_TEST_EXPECT_MSG_EQ((a.protocol->GetState() == State::STOPPING), true, "terminates");
        NS_TEST_EXPECT_MSG_EQ(a.lcp->SendProtocolReject(0x8207, FromHex("")), false, "only Opened");
        a.Inject("08010006 8057");
        NS_TEST_EXPECT_MSG_EQ(a.TakeCalls(), "dropped not-opened", "only Opened");
        Simulator::Destroy();

        for (int code = 1; code <= 12; code++)
        {
            pair = MakeOpened();
            pair->a.Inject("07010005 0" + std::string(1, "0123456789abc"[code]));
            const bool fatal = code <= 7;
            NS_TEST_EXPECT_MSG_EQ(pair->a.protocol->IsOpened(), !fatal, "code " << code);
            Simulator::Destroy();
        }

        // A network protocol that the peer does not know stops for good, until the line was down.
        End ipcp;
        IpcpProtocol::IpcpConfig config;
        config.common.retryAfter = Seconds(1);
        ipcp.protocol = std::make_unique<IpcpProtocol>(ipcp, config);
        ipcp.Begin();
        ipcp.protocol->HandleProtocolReject();
        ipcp.sent.clear();
        Pair::Run(Seconds(100));
        NS_TEST_EXPECT_MSG_EQ(ipcp.TakeSent(), "", "not tried again");
        NS_TEST_EXPECT_MSG_EQ(ipcp.TakeCalls(), "started, finished", "finished");
        ipcp.protocol->Down();
        ipcp.protocol->Up();
        NS_TEST_EXPECT_MSG_EQ(ipcp.sent.size(), 1, "tried again");
        Pair::Run(Seconds(32));
        NS_TEST_EXPECT_MSG_EQ(ipcp.sent.size(), 11, "and again, once given up");
        // LCP's codes mean nothing to it.
        ipcp.sent.clear();
        ipcp.Inject("09010008 00000000");
        NS_TEST_EXPECT_MSG_EQ(ipcp.sent[0].hex.substr(0, 2), "07", "Code-Reject");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 12. Echoes.
 */
class EchoTest : public NegotiationTest
{
  public:
    EchoTest()
        : NegotiationTest("echoes are sent, answered and told apart")
    {
    }

  private:
    void DoRun() override
    {
        // The Magic-Numbers and the frames of PacketLife's PPP.cap.
        LcpProtocol::LcpConfig configA = WithMagic(0x0182effd);
        configA.firstEchoIdentifier = 11;
        LcpProtocol::LcpConfig configB = WithMagic(0x0082e9d0);
        configB.echoData = LcpProtocol::NO_DATA;
        configB.firstEchoIdentifier = 0;
        LcpPair pair(configA, configB);
        NS_TEST_EXPECT_MSG_EQ(pair.a.lcp->SendEchoRequest().has_value(), false, "not Opened");
        pair.Begin();
        pair.a.Inject("09050008 12345678");
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeCalls(), "started, dropped not-opened", "not Opened");
        pair.a.Inject("0a050008 12345678");
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeCalls(), "dropped not-opened", "not Opened");
        Pair::Run(Seconds(1));
        pair.a.TakeCalls();
        pair.a.TakeSent();
        pair.b.TakeSent();

        const std::optional<uint8_t> identifier = pair.a.lcp->SendEchoRequest();
        NS_TEST_EXPECT_MSG_EQ(+identifier.value_or(0), 11, "identifier");
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeSent(), "090b000c0182effd0082e9d0", "as captured");
        Pair::Run(MilliSeconds(100));
        NS_TEST_EXPECT_MSG_EQ(pair.b.TakeSent(), "0a0b000c0082e9d00082e9d0", "as captured");
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeCalls(), "echo 11 82e9d0", "answered");
        pair.a.lcp->SendEchoRequest();
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeSent(), "090c000c0182effd0082e9d0", "the next");

        pair.b.lcp->SendEchoRequest();
        NS_TEST_EXPECT_MSG_EQ(pair.b.TakeSent(), "090000080082e9d0", "as pppd");
        Pair::Run(MilliSeconds(100));
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeSent(), "0a0000080182effd", "answered");
        pair.b.TakeCalls();
        pair.a.TakeCalls();
        pair.b.TakeSent();

        // Padding, data of any kind, Linux's Magic-Number 0.
        pair.a.Inject("0963000b 00000000 010203 ffff");
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeSent(), "0a63000b0182effd010203", "copied");
        pair.a.Inject("0a630008 00000000");
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeCalls(), "echo 99 0", "the owner judges");
        pair.a.Inject("0b630008 00000000");
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeCalls() + pair.a.TakeSent(), "", "Discard-Request");
        pair.a.Inject("09630007 000000");
        pair.a.Inject("0a630004");
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeCalls(), "dropped truncated, dropped truncated", "short");

        // Our own come back.
        for (const char* const code : {"09", "0a", "0b"})
        {
            pair.a.Inject(std::string(code) + "0b000c 0182effd 0082e9d0");
            NS_TEST_EXPECT_MSG_EQ(pair.a.TakeCalls(), "dropped looped, looped", code);
            NS_TEST_EXPECT_MSG_EQ(pair.a.TakeSent(), "", "not answered");
            NS_TEST_EXPECT_MSG_EQ(pair.a.lcp->IsLooped(), true, "looped");
        }
        pair.a.Inject("0a630008 0082e9d0");
        NS_TEST_EXPECT_MSG_EQ(pair.a.lcp->IsLooped(), false, "no longer");
        pair.a.TakeCalls();

        // Opened afresh: identifiers begin again.
        pair.a.protocol->Down();
        pair.a.protocol->Up();
        Pair::Run(Seconds(1));
        NS_TEST_EXPECT_MSG_EQ(pair.IsOpened(), true, "again");
        NS_TEST_EXPECT_MSG_EQ(+pair.a.lcp->SendEchoRequest().value_or(0), 11, "again");
        Simulator::Destroy();

        // Without a Magic-Number, 0 is nobody's.
        LcpProtocol::LcpConfig none;
        none.magic = false;
        LcpPair plain(none, none);
        plain.Begin();
        Pair::Run(Seconds(1));
        plain.a.TakeCalls();
        plain.a.TakeSent();
        plain.a.lcp->SendEchoRequest();
        NS_TEST_EXPECT_MSG_EQ(plain.a.TakeSent(), "0901000c0000000000000000", "0 until negotiated");
        Pair::Run(Seconds(1));
        NS_TEST_EXPECT_MSG_EQ(plain.a.TakeCalls(), "echo 1 0", "not looped");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 13. What must change nothing.
 */
class ValidationTest : public NegotiationTest
{
  public:
    ValidationTest()
        : NegotiationTest("answers to nothing and malformed packets change nothing")
    {
    }

  private:
    void DoRun() override
    {
        End end;
        end.MakeLcp(WithMagic(0x11223344));
        end.Begin();
        end.TakeCalls();
        end.TakeSent();

        struct Case
        {
            const char* hex;
            const char* reason;
        };

        const Case cases[] = {
            {"0202000a 050611223344", "bad-identifier"},
            {"0302000a 050611223355", "bad-identifier"},
            {"0402000a 050611223344", "bad-identifier"},
            {"0201000a 050611223345", "bad-option"},
            {"02010004", "bad-option"},
            {"0201000c 050611223344 0702", "bad-option"},
            {"03010004", "bad-option"},
            {"04010004", "bad-option"},
            {"04010006 0702", "bad-option"},
            {"0301000a 050711223344", "bad-option"},
            {"01010008 05010000", "bad-option"},
            {"0101000a 0506112233", "bad-length"},
            {"01010003", "bad-length"},
            {"010100", "truncated"},
            {"", "truncated"},
        };
        for (const Case& one : cases)
        {
            end.Inject(one.hex);
            NS_TEST_EXPECT_MSG_EQ(end.TakeCalls(), std::string("dropped ") + one.reason, one.hex);
            NS_TEST_EXPECT_MSG_EQ(end.TakeSent(), "", one.hex);
            NS_TEST_EXPECT_MSG_EQ((end.protocol->GetState() == State::REQ_SENT), true, one.hex);
        }
        end.Inject("0201000a 050611223344 00");
        NS_TEST_EXPECT_MSG_EQ((end.protocol->GetState() == State::ACK_RCVD), true, "valid");
        end.Inject("0201000a 050611223344");
        NS_TEST_EXPECT_MSG_EQ(end.TakeCalls(), "dropped bad-identifier", "a second answer");
        end.Inject("01010004");
        NS_TEST_EXPECT_MSG_EQ(end.TakeCalls(), "up", "Opened");
        end.Inject("0201000a 050611223344");
        end.Inject("0301000a 050611223344");
        NS_TEST_EXPECT_MSG_EQ(end.protocol->IsOpened(), true, "a late answer closes nothing");
        end.protocol->Up();
        end.protocol->Open();
        NS_TEST_EXPECT_MSG_EQ(end.protocol->IsOpened(), true, "said twice");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 14. Owners that call back.
 */
class ReentrancyTest : public NegotiationTest
{
  public:
    ReentrancyTest()
        : NegotiationTest("an owner may call the protocol from inside a call of the protocol")
    {
    }

  private:
    void DoRun() override
    {
        // Whatever is called from wherever, it takes effect when what is under way is done.
        {
            LcpPair pair;
            pair.a.reaction = [&pair](const std::string& call) {
                if (call == "up")
                {
                    pair.a.protocol->Close();
                    pair.a.calls.push_back("returned");
                }
            };
            pair.Begin();
            Pair::Run(Seconds(1));
            NS_TEST_EXPECT_MSG_EQ(pair.a.TakeCalls(),
                                  "started, up, returned, down, finished",
                                  "one after the other");
            NS_TEST_EXPECT_MSG_EQ((pair.a.protocol->GetState() == State::CLOSED), true, "closed");
            Simulator::Destroy();
        }
        // A line that goes down with its protocol: the rest of the actions comes first.
        {
            LcpPair pair;
            pair.Begin();
            Pair::Run(Seconds(1));
            pair.a.TakeSent();
            pair.a.TakeCalls();
            pair.a.reaction = [&pair](const std::string& call) {
                if (call == "down")
                {
                    pair.a.protocol->Down();
                    pair.a.protocol->Up();
                }
            };
            pair.a.Inject("01550004");
            NS_TEST_EXPECT_MSG_EQ(pair.a.TakeSent(),
                                  "0102000a05060000000a 02550004 0103000a05060000000a",
                                  "scr, sca, and scr after Down and Up");
            pair.a.reaction = nullptr;
            Pair::Run(Seconds(10));
            NS_TEST_EXPECT_MSG_EQ(pair.IsOpened(), true, "recovers");
            Simulator::Destroy();
        }
        // What waits is forgotten by a Reset.
        {
            LcpPair pair;
            pair.a.reaction = [&pair](const std::string& call) {
                if (call == "up")
                {
                    pair.a.protocol->Open();
                    pair.a.protocol->Reset();
                }
            };
            pair.Begin();
            Pair::Run(MilliSeconds(25));
            NS_TEST_EXPECT_MSG_EQ((pair.a.protocol->GetState() == State::INITIAL), true, "Reset");
            Simulator::Destroy();
        }
        // Reset in the middle of anything: not another word.
        const char* const places[] = {"trace", "send", "up", "down", "started", "timeout"};
        for (const char* const place : places)
        {
            for (int skip = 0; skip < 8; skip++)
            {
                LcpPair pair;
                int left = skip;
                bool done = false;
                bool spoke = false;
                pair.a.reaction = [&, place](const std::string& call) {
                    spoke = spoke || (done && call != "dropped not-opened");
                    if (call == place && left-- == 0)
                    {
                        done = true;
                        pair.a.protocol->Reset();
                    }
                };
                pair.a.protocol->Open();
                if (!done)
                {
                    pair.a.protocol->Up();
                }
                pair.b.Begin();
                Pair::Run(Seconds(1));
                if (!done)
                {
                    pair.a.Inject("01550004");
                }
                if (!done)
                {
                    pair.a.protocol->Close();
                }
                if (!done)
                {
                    pair.a.peer = nullptr;
                    pair.a.protocol->Open();
                    pair.a.protocol->Down();
                    pair.a.protocol->Up();
                }
                pair.b.peer = nullptr;
                Pair::Run(Seconds(100));
                NS_TEST_EXPECT_MSG_EQ(spoke, false, place << " " << skip);
                if (done)
                {
                    NS_TEST_EXPECT_MSG_EQ((pair.a.protocol->GetState() == State::INITIAL),
                                          true,
                                          place << " " << skip);
                }
                NS_TEST_EXPECT_MSG_EQ((done || skip > 0), true, place << " was never called");
                Simulator::Destroy();
            }
        }
        // Destroyed with its timer running.
        {
            LcpPair pair;
            pair.a.peer = nullptr;
            pair.a.Begin();
        }
        Pair::Run(Seconds(10));
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 15. Stalls.
 */
class StallTest : public NegotiationTest
{
  public:
    StallTest()
        : NegotiationTest("a stalled process hears nothing and catches up")
    {
    }

  private:
    void DoRun() override
    {
        LcpPair pair;
        pair.a.Begin();
        pair.a.TakeSent();
        pair.a.TakeCalls();
        Pair::Run(Seconds(1));
        pair.a.protocol->SetStalled(true);
        pair.a.Inject("01550004");
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeCalls(), "dropped stalled", "not heard");
        Pair::Run(Seconds(9));
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeSent(), "", "nothing sent");
        pair.a.protocol->SetStalled(false);
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeSent(), "0101000a05060000000a", "the timeout, once");

        // What line and operator do waits; a timeout that they overtook is void.
        pair.a.protocol->SetStalled(true);
        pair.a.protocol->Down();
        pair.a.protocol->Up();
        Pair::Run(Seconds(9));
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeSent(), "", "nothing sent");
        pair.a.console.clear();
        pair.a.protocol->SetStalled(false);
        NS_TEST_EXPECT_MSG_EQ(pair.a.TakeSent(), "0102000a05060000000a", "once");
        NS_TEST_EXPECT_MSG_EQ(pair.a.console.size(), 1, "no timeout is told");
        pair.a.protocol->SetStalled(true);
        Pair::Run(Seconds(9));
        pair.a.protocol->Down();
        pair.a.console.clear();
        pair.a.TakeSent();
        pair.a.protocol->SetStalled(false);
        NS_TEST_EXPECT_MSG_EQ((pair.a.protocol->GetState() == State::STARTING), true, "down");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 16. Consoles.
 */
class ConsoleTest : public NegotiationTest
{
  public:
    ConsoleTest()
        : NegotiationTest("a console sees what Cisco's sees")
    {
    }

  private:
    void DoRun() override
    {
        // Cisco 827 troubleshooting guide, "debug ppp negotiation": nobody answers, then somebody.
        LcpProtocol::LcpConfig config = WithMagic(0x317722f4);
        config.common = PppControlProtocol::Config::CiscoIos();
        LcpPair pair(config, WithMagic(0xb));
        pair.a.peer = nullptr;
        pair.a.Begin();
        Pair::Run(Seconds(5));
        pair.a.peer = &pair.b;
        pair.b.Begin();
        Pair::Run(Seconds(2));
        pair.a.lcp->SendEchoRequest();
        pair.b.protocol->Close();
        Pair::Run(MilliSeconds(100));
        const std::vector<std::string> expected = {
            "0 O CONFREQ [Closed] id 1 len 10",
            "2000 TIMEout: State REQsent",
            "2000 O CONFREQ [REQsent] id 2 len 10",
            "4000 TIMEout: State REQsent",
            "4000 O CONFREQ [REQsent] id 3 len 10",
            "5010 I CONFREQ [REQsent] id 1 len 10",
            "5010 O CONFACK [REQsent] id 1 len 10",
            "6000 TIMEout: State ACKsent",
            "6000 O CONFREQ [ACKsent] id 4 len 10",
            "6020 I CONFACK [ACKsent] id 4 len 10",
            "7000 O ECHOREQ [Open] id 1 len 12",
            "7010 I TERMREQ [Open] id 2 len 4",
            "7010 O TERMACK [Open] id 2 len 4",
        };
        NS_TEST_ASSERT_MSG_EQ(pair.a.console.size(), expected.size(), "lines");
        for (std::size_t i = 0; i < expected.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(pair.a.console[i], expected[i], "line " << i);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class PppNegotiationTestSuite : public TestSuite
{
  public:
    PppNegotiationTestSuite()
        : TestSuite("keepalive-ppp-negotiation")
    {
        AddTestCase(new CountersTest);
        AddTestCase(new MagicTest);
        AddTestCase(new OptionsTest);
        AddTestCase(new AddressTest);
        AddTestCase(new TerminationTest);
        AddTestCase(new RejectTest);
        AddTestCase(new EchoTest);
        AddTestCase(new ValidationTest);
        AddTestCase(new ReentrancyTest);
        AddTestCase(new StallTest);
        AddTestCase(new ConsoleTest);
        AddTestCase(new RecoveryTest);
    }
};

PppNegotiationTestSuite g_pppNegotiationTestSuite; //!< registers itself

} // namespace
} // namespace keepalive
} // namespace ns3
