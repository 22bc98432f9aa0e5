/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-oracle-network.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"
#include "ns3/socket-factory.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/tcp-end-cause.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-keepalive-helper.h"
#include "ns3/tcp-keepalive-socket.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/tcp-option-sack-permitted.h"
#include "ns3/tcp-option-ts.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief What TcpKeepaliveSocket answers to probes, and what it takes for a sign of life, with the
 * profile "linux": the same as Linux 6.18.
 *
 * The peer is a script that makes its segments by hand, as it was in the measurements. It connects
 * to the socket under test, in three ways: with SACK and timestamps, with SACK, with neither.
 *
 * Behaviours of the answers (capture linux-tcp-keepalive-probe-replies, where everything was sent
 * after five bytes of data, so that ACKs are seq 1, ack 6):
 *  1. a segment without data just before the window is answered with an ACK, whatever its flag PSH,
 *     its acknowledgment number and its timestamp option are like; its timestamp is not echoed
 *  2. so is an octet there, with a D-SACK if SACK was agreed on
 *  3. no answer to what is in the window, has no flags, or has a timestamp from the past
 *  4. answers to segments without data come no more often than every 500 ms; others are free
 *  5. without the connection, and at a closed port, the answer is a RST
 *
 * Behaviours of liveness (notes of the same measurements):
 *  6. answers, with or without timestamps, keep the connection alive, at one probe per idle time
 *  7. unasked duplicate ACKs, octets before the window and data out of order keep it from probing
 *  8. the peer's own probes without data, be they unasked or in place of answers, are answered but
 *     do not count; nor do ACKs of what was acknowledged before
 */

namespace ns3
{
namespace keepalive
{
namespace tests
{
namespace
{

constexpr uint16_t PORT = 7777;            //!< where the socket under test listens
constexpr uint16_t CLOSED_PORT = 7999;     //!< where nobody does
constexpr uint16_t PEER_PORT = 30001;      //!< of the script
constexpr uint8_t TCP_PROTOCOL = 6;        //!< in the IP header
constexpr uint32_t TIMESTAMP_BASE = 10000; //!< of the script's clock, whose unit is 1 ms

/// What was agreed on when the connection was made.
struct Agreement
{
    const char* name; //!< for the names of test cases
    bool sack;        //!< SACK
    bool timestamps;  //!< timestamps
};

const Agreement AGREEMENTS[] = {{"SACK and timestamps", true, true},
                                {"SACK", true, false},
                                {"neither", false, false}};

/// The timestamp option of a segment.
enum class Stamp
{
    NOW,    //!< what the clock shows, if timestamps were agreed on
    STALE,  //!< a time before the connection, if they were
    MISSING //!< none, in any case
};

/// A segment of the script.
struct Segment
{
    uint32_t seq;            //!< sequence number, that of the SYN being 0
    uint32_t ack;            //!< acknowledgment number, likewise
    uint32_t length{0};      //!< bytes of payload
    uint8_t flags{0x10};     //!< of the header; ACK
    Stamp stamp{Stamp::NOW}; //!< timestamp option
    uint16_t port{PORT};     //!< where it is sent
};

/// A TCP made of a script, on a node whose own TCP is taken away.
class ScriptedPeer
{
  public:
    /**
     * @brief Take the place of TCP.
     * @param network the peer in it
     * @param agreement what to ask for in the SYN
     */
    ScriptedPeer(TcpOracleNetwork& network, const Agreement& agreement);

    /**
     * @brief Set who hears of segments that arrive.
     * @param heard called with each of them
     */
    void SetHeard(Callback<void, const SeenSegment&> heard);

    /// Send a SYN, and acknowledge the answer to it when it comes.
    void Connect();

    /**
     * @brief Send a segment.
     * @param segment the segment
     */
    void Send(Segment segment);

    /**
     * @brief Send a segment some time from now, for use by tests.
     * @param at when, in us
     * @param segment the segment
     */
    void SendAt(int64_t at, Segment segment);

  private:
    /**
     * @brief Add options and send.
     * @param header the header so far
     * @param stamp timestamp option
     * @param length bytes of payload
     */
    void Emit(TcpHeader& header, Stamp stamp, uint32_t length);

    /**
     * @brief Packets arrived.
     * @param socket where
     */
    void Receive(Ptr<Socket> socket);

    Agreement m_agreement;                      //!< what was agreed on
    Ptr<Socket> m_socket;                       //!< raw IP
    Callback<void, const SeenSegment&> m_heard; //!< who hears
};

ScriptedPeer::ScriptedPeer(TcpOracleNetwork& network, const Agreement& agreement)
    : m_agreement(agreement)
{
    network.peer->GetObject<Ipv4L3Protocol>()->Remove(network.peer->GetObject<TcpL4Protocol>());
    m_socket =
        Socket::CreateSocket(network.peer, TypeId::LookupByName("ns3::Ipv4RawSocketFactory"));
    m_socket->SetAttribute("Protocol", UintegerValue(TCP_PROTOCOL));
    m_socket->SetRecvCallback(MakeCallback(&ScriptedPeer::Receive, this));
}

void
ScriptedPeer::SetHeard(Callback<void, const SeenSegment&> heard)
{
    m_heard = heard;
}

void
ScriptedPeer::Connect()
{
    TcpHeader syn;
    syn.SetFlags(TcpHeader::SYN);
    syn.SetSequenceNumber(SequenceNumber32(0));
    syn.SetDestinationPort(PORT);
    if (m_agreement.sack)
    {
        syn.AppendOption(CreateObject<TcpOptionSackPermitted>());
    }
    Emit(syn, Stamp::NOW, 0);
}

void
ScriptedPeer::Send(Segment segment)
{
    TcpHeader header;
    header.SetFlags(segment.flags);
    header.SetSequenceNumber(SequenceNumber32(segment.seq));
    header.SetAckNumber(SequenceNumber32(segment.ack));
    header.SetDestinationPort(segment.port);
    Emit(header, segment.stamp, segment.length);
}

void
ScriptedPeer::SendAt(int64_t at, Segment segment)
{
    Simulator::Schedule(MicroSeconds(at) - Simulator::Now(), &ScriptedPeer::Send, this, segment);
}

void
ScriptedPeer::Emit(TcpHeader& header, Stamp stamp, uint32_t length)
{
    header.SetSourcePort(PEER_PORT);
    header.SetWindowSize(5000);
    if (m_agreement.timestamps && stamp != Stamp::MISSING)
    {
        auto option = CreateObject<TcpOptionTS>();
        const auto now = static_cast<uint32_t>(Simulator::Now().GetMilliSeconds());
        option->SetTimestamp(stamp == Stamp::STALE ? 1 : TIMESTAMP_BASE + now);
        option->SetEcho(now);
        header.AppendOption(option);
    }
    auto packet = Create<Packet>(length);
    packet->AddHeader(header);
    m_socket->SendTo(packet, 0, InetSocketAddress("10.98.0.1", 0));
}

void
ScriptedPeer::Receive(Ptr<Socket> socket)
{
    while (Ptr<Packet> packet = socket->Recv())
    {
        const auto seen = ReadSegment(packet);
        if (seen->flags == "SA")
        {
            Send({1, 1});
        }
        else if (!m_heard.IsNull())
        {
            m_heard(*seen);
        }
    }
}

/// A connection between the socket under test, which listens, and a ScriptedPeer.
class ScriptedPeerTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     * @param agreement what is agreed on
     */
    ScriptedPeerTestCase(const std::string& name, const Agreement& agreement)
        : TestCase(name + ", " + agreement.name),
          m_agreement(agreement)
    {
    }

  protected:
    void DoSetup() override;
    void DoTeardown() override;

    /**
     * @brief Run, and take what our end sent from a time on.
     * @param from in us
     * @param until in us
     * @return the segments
     */
    std::vector<SeenSegment> Run(int64_t from, int64_t until);

    /**
     * @brief Write segments down for a message.
     * @param segments the segments
     * @return a line for each
     */
    static std::string ToText(const std::vector<SeenSegment>& segments);

    const Agreement m_agreement;                 //!< what is agreed on
    std::unique_ptr<TcpOracleNetwork> m_network; //!< the wire
    std::unique_ptr<ScriptedPeer> m_peer;        //!< the peer
    Ptr<TcpKeepaliveSocket> m_listener;          //!< the socket under test, when it listens
    Ptr<TcpKeepaliveSocket> m_accepted;          //!< the socket under test
    std::vector<TcpEndCause> m_ends;             //!< what its ConnectionEnd said
    int64_t m_endedAt{0};                        //!< when it did so last, in us

  private:
    // callbacks of the sockets
    void Accepted(Ptr<Socket> socket, const Address& from);
    void Ended(TcpEndCause cause);
};

void
ScriptedPeerTestCase::DoSetup()
{
    m_ends.clear();
    m_network = std::make_unique<TcpOracleNetwork>();
    m_peer = std::make_unique<ScriptedPeer>(*m_network, m_agreement);
    TcpKeepaliveHelper().Install(m_network->ours);
    m_listener = DynamicCast<TcpKeepaliveSocket>(
        Socket::CreateSocket(m_network->ours,
                             TypeId::LookupByName("ns3::keepalive::TcpKeepaliveSocketFactory")));
    m_listener->SetAttribute("Profile", StringValue("linux"));
    m_listener->SetAttribute("KeepaliveIdle", TimeValue(Seconds(2)));
    m_listener->SetAttribute("KeepaliveInterval", TimeValue(Seconds(1)));
    m_listener->SetAttribute("KeepaliveProbes", UintegerValue(3));
    m_listener->SetAttribute("DelAckCount", UintegerValue(1));
    m_listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), PORT));
    m_listener->Listen();
    m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                  MakeCallback(&ScriptedPeerTestCase::Accepted, this));
    m_peer->Connect();
}

void
ScriptedPeerTestCase::DoTeardown()
{
    m_accepted = nullptr;
    m_listener = nullptr;
    m_peer.reset();
    m_network.reset();
    Simulator::Destroy();
}

std::vector<SeenSegment>
ScriptedPeerTestCase::Run(int64_t from, int64_t until)
{
    Simulator::Stop(MicroSeconds(until) - Simulator::Now());
    Simulator::Run();
    std::vector<SeenSegment> segments;
    for (const SeenSegment& segment : m_network->wire)
    {
        if (segment.ours && segment.when >= from)
        {
            segments.push_back(segment);
        }
    }
    return segments;
}

std::string
ScriptedPeerTestCase::ToText(const std::vector<SeenSegment>& segments)
{
    std::string text;
    for (const SeenSegment& segment : segments)
    {
        text += "\n  " + std::to_string(segment.when) + " " + segment.flags + " " +
                std::to_string(segment.seq) + " " + std::to_string(segment.ack) + " " +
                std::to_string(segment.length) + (segment.sack ? " SACK" : "");
    }
    return text;
}

void
ScriptedPeerTestCase::Accepted(Ptr<Socket> socket, const Address&)
{
    m_accepted = DynamicCast<TcpKeepaliveSocket>(socket);
    NS_TEST_ASSERT_MSG_EQ(!m_accepted, false, "accepted connections are of the same kind");
    m_accepted->TraceConnectWithoutContext("ConnectionEnd",
                                           MakeCallback(&ScriptedPeerTestCase::Ended, this));
}

void
ScriptedPeerTestCase::Ended(TcpEndCause cause)
{
    m_ends.push_back(cause);
    m_endedAt = Simulator::Now().GetMicroSeconds();
}

/// What answers a segment.
enum class Answer
{
    NONE, //!< nothing
    ACK,  //!< an ACK
    DSACK //!< an ACK, with a D-SACK if SACK was agreed on
};

/// A segment of the measurement, and the answer to it.
struct AnswerRow
{
    const char* what; //!< as the notes have it
    Segment segment;  //!< the segment
    Answer answer;    //!< what Linux answered
    bool inside;      //!< it is not outside the window: its timestamp is echoed from then on
};

/// In the order of the capture, one every 951 ms.
const AnswerRow ANSWERS[] = {
    {"no data", {5, 1}, Answer::ACK, false},
    {"garbage octet", {5, 1, 1}, Answer::DSACK, true},
    {"true octet", {5, 1, 1}, Answer::DSACK, true},
    {"no data, in the window", {6, 1}, Answer::NONE, true},
    {"no data, with PSH", {5, 1, 0, TcpHeader::ACK | TcpHeader::PSH}, Answer::ACK, false},
    {"no data, stale acknowledgment", {5, 0}, Answer::ACK, false},
    {"no data, acknowledgment beyond", {5, 1001}, Answer::ACK, false},
    {"no flags", {5, 0, 0, 0}, Answer::NONE, false},
    {"no data, no timestamp option", {5, 1, 0, TcpHeader::ACK, Stamp::MISSING}, Answer::ACK, false},
    {"no data, timestamp from the past",
     {5, 1, 0, TcpHeader::ACK, Stamp::STALE},
     Answer::NONE,
     false},
};

/// Behaviours 1 to 3.
class AnswerTestCase : public ScriptedPeerTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param agreement what is agreed on
     */
    explicit AnswerTestCase(const Agreement& agreement)
        : ScriptedPeerTestCase("Answers to probes of all kinds", agreement)
    {
    }

  private:
    void DoRun() override
    {
        m_peer->SendAt(700'000, {1, 1, 5, TcpHeader::ACK | TcpHeader::PSH});
        int64_t at = 1'400'000;
        for (const AnswerRow& row : ANSWERS)
        {
            // A timestamp from the past cannot be told where there are none.
            if (row.segment.stamp != Stamp::STALE || m_agreement.timestamps)
            {
                m_peer->SendAt(at, row.segment);
                Simulator::Schedule(MicroSeconds(at + 500'000) - Simulator::Now(),
                                    &AnswerTestCase::Check,
                                    this,
                                    row,
                                    at + TcpOracleNetwork::DELAY);
                at += 951'000;
            }
        }
        Run(0, at + 1'000'000);
        NS_TEST_EXPECT_MSG_EQ(m_ends.size(), 0, "none of these ends the connection");
    }

    /**
     * @brief Compare the answer to a segment.
     * @param row the segment
     * @param when when the segment arrived, in us
     */
    void Check(AnswerRow row, int64_t when)
    {
        std::vector<SeenSegment> answers;
        for (const SeenSegment& segment : m_network->wire)
        {
            if (segment.ours && segment.when >= when)
            {
                answers.push_back(segment);
            }
        }
        NS_TEST_ASSERT_MSG_EQ(answers.size(),
                              (row.answer == Answer::NONE ? 0 : 1),
                              row.what << ": number of answers" << ToText(answers));
        if (row.inside)
        {
            m_echo = TIMESTAMP_BASE + static_cast<uint32_t>(when / 1000);
        }
        if (row.answer == Answer::NONE)
        {
            return;
        }
        const SeenSegment& answer = answers[0];
        NS_TEST_EXPECT_MSG_EQ(answer.when, when, row.what << ": at once");
        NS_TEST_EXPECT_MSG_EQ(answer.flags, "A", row.what << ": flags");
        NS_TEST_EXPECT_MSG_EQ(answer.seq, 1, row.what << ": sequence number");
        NS_TEST_EXPECT_MSG_EQ(answer.ack, 6, row.what << ": acknowledgment number");
        NS_TEST_EXPECT_MSG_EQ(answer.length, 0, row.what << ": payload");
        NS_TEST_EXPECT_MSG_EQ(answer.timestamp, m_agreement.timestamps, row.what << ": timestamp");
        NS_TEST_EXPECT_MSG_EQ(answer.echo,
                              (m_agreement.timestamps ? m_echo : 0),
                              row.what << ": timestamp echoed");
        const bool dsack = row.answer == Answer::DSACK && m_agreement.sack;
        NS_TEST_EXPECT_MSG_EQ(answer.sack.has_value(), dsack, row.what << ": SACK option");
        if (answer.sack)
        {
            NS_TEST_EXPECT_MSG_EQ(answer.sack->first, 5, row.what << ": start of the D-SACK");
            NS_TEST_EXPECT_MSG_EQ(answer.sack->second, 6, row.what << ": end of the D-SACK");
        }
        const uint32_t options = (m_agreement.timestamps ? 12 : 0) + (dsack ? 12 : 0);
        NS_TEST_EXPECT_MSG_EQ(answer.ipLength, 40 + options, row.what << ": IP length");
    }

    uint32_t m_echo{TIMESTAMP_BASE + 700}; //!< the timestamp to be echoed
};

/// A number of equal probes.
struct RateRow
{
    int64_t interval;  //!< between them, in us
    uint32_t number;   //!< how many
    uint32_t answered; //!< of those without data
};

/// As measured; then, from the kernel's source, just below tcp_invalid_ratelimit and at it.
const RateRow RATES[] = {{100'000, 10, 2},
                         {300'000, 10, 5},
                         {450'000, 10, 5},
                         {550'000, 10, 10},
                         {1'000'000, 4, 4},
                         {499'999, 10, 5},
                         {500'000, 10, 10}};

/// Behaviour 4.
class RateTestCase : public ScriptedPeerTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param agreement what is agreed on
     */
    explicit RateTestCase(const Agreement& agreement)
        : ScriptedPeerTestCase("The rate of answers is limited", agreement)
    {
    }

  private:
    void DoRun() override
    {
        m_peer->SendAt(700'000, {1, 1, 5, TcpHeader::ACK | TcpHeader::PSH});
        int64_t at = 2'000'000;
        for (const uint32_t length : {0U, 1U})
        {
            for (const RateRow& row : RATES)
            {
                const int64_t from = at;
                for (uint32_t i = 0; i < row.number; i++)
                {
                    m_peer->SendAt(at, {5, 1, length});
                    at += row.interval;
                }
                at += 800'000; // as in the capture: out of reach of the limit
                const auto answers = Run(from, at - 1);
                NS_TEST_EXPECT_MSG_EQ(answers.size(),
                                      (length > 0 ? row.number : row.answered),
                                      row.number << " probes of " << length << " bytes every "
                                                 << row.interval << " us" << ToText(answers));
            }
        }
        NS_TEST_EXPECT_MSG_EQ(m_ends.size(), 0, "none of these ends the connection");
    }
};

/// Behaviour 5.
class MissingConnectionTestCase : public ScriptedPeerTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param agreement what is agreed on
     */
    explicit MissingConnectionTestCase(const Agreement& agreement)
        : ScriptedPeerTestCase("A RST ends the connection, and answers probes to none", agreement)
    {
    }

  private:
    void DoRun() override
    {
        m_peer->SendAt(700'000, {1, 1, 5, TcpHeader::ACK | TcpHeader::PSH});
        m_peer->SendAt(1'400'000, {6, 1, 0, TcpHeader::RST | TcpHeader::ACK});
        const auto toReset = Run(1'400'000, 1'900'000);
        NS_TEST_EXPECT_MSG_EQ(toReset.size(), 0, "a RST is not answered" << ToText(toReset));
        NS_TEST_ASSERT_MSG_EQ(m_ends.size(), 1, "it ends the connection");
        NS_TEST_EXPECT_MSG_EQ((m_ends[0] == TcpEndCause::RESET_BY_PEER),
                              true,
                              "because of " << ToString(m_ends[0]));
        NS_TEST_EXPECT_MSG_EQ(m_endedAt, 1'400'005, "at once");

        const Segment probes[] = {
            {5, 1},
            {5, 1, 1},
            {1, 1, 0, TcpHeader::ACK, Stamp::MISSING, CLOSED_PORT},
            {1, 1, 1, TcpHeader::ACK, Stamp::MISSING, CLOSED_PORT},
        };
        int64_t at = 2'000'000;
        for (const Segment& probe : probes)
        {
            m_peer->SendAt(at, probe);
            const auto answers = Run(at, at + 500'000);
            NS_TEST_ASSERT_MSG_EQ(answers.size(), 1, "one answer" << ToText(answers));
            NS_TEST_EXPECT_MSG_EQ(answers[0].when, at + TcpOracleNetwork::DELAY, "at once");
            NS_TEST_EXPECT_MSG_EQ(answers[0].flags, "R", "flags");
            NS_TEST_EXPECT_MSG_EQ(answers[0].seq, 1, "what the probe acknowledged");
            NS_TEST_EXPECT_MSG_EQ(answers[0].ack, 0, "acknowledges nothing");
            NS_TEST_EXPECT_MSG_EQ(answers[0].ipLength, 40, "no options");
            at += 500'000;
        }
    }
};

/// How the peer behaves.
enum class Behaviour
{
    ANSWERS,                 //!< it answers each probe
    ANSWERS_WITHOUT_STAMP,   //!< the same, without the timestamp option
    ANSWERS_OLD,             //!< it acknowledges less than before
    ANSWERS_PROBE,           //!< it answers with a probe of its own
    SENDS_DUPLICATES,        //!< it sends an ACK every 0.8 s
    SENDS_OCTETS,            //!< it sends a probe with an octet every 0.8 s
    SENDS_DATA_OUT_OF_ORDER, //!< it sends data beyond a gap every 0.8 s
    SENDS_PROBES,            //!< it sends a probe without data every 0.8 s
};

/// A line of the table.
struct LifeRow
{
    const char* what;    //!< the behaviour
    Behaviour behaviour; //!< the behaviour
    uint32_t probes;     //!< how many we send in 9 s if it counts
    bool life;           //!< whether it counts
    uint32_t others;     //!< how many other segments we send
};

/// In 9 s the peer sends 11 segments of its own accord; dying after 5 s we hear only 6 of them.
const LifeRow LIVES[] = {
    {"answers", Behaviour::ANSWERS, 4, true, 0},
    {"answers without a timestamp", Behaviour::ANSWERS_WITHOUT_STAMP, 4, true, 0},
    {"ACKs unasked", Behaviour::SENDS_DUPLICATES, 0, true, 0},
    {"octets before the window", Behaviour::SENDS_OCTETS, 0, true, 11},
    {"data out of order", Behaviour::SENDS_DATA_OUT_OF_ORDER, 0, true, 11},
    {"probes without data", Behaviour::SENDS_PROBES, 3, false, 6},
    {"ACKs of what was acknowledged", Behaviour::ANSWERS_OLD, 3, false, 0},
    {"probes as answers", Behaviour::ANSWERS_PROBE, 3, false, 3},
};

/// Behaviours 6 to 8.
class LifeTestCase : public ScriptedPeerTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param row the peer
     * @param agreement what is agreed on
     */
    LifeTestCase(const LifeRow& row, const Agreement& agreement)
        : ScriptedPeerTestCase(std::string(row.life ? "Life: " : "No life: ") + row.what,
                               agreement),
          m_row(row)
    {
    }

  private:
    void DoRun() override;

    /**
     * @brief The peer hears a segment.
     * @param segment the segment
     */
    void Heard(const SeenSegment& segment);

    const LifeRow m_row; //!< the peer
};

void
LifeTestCase::DoRun()
{
    m_listener->SetAttribute("KeepaliveEnabled", BooleanValue(true));
    m_peer->SetHeard(MakeCallback(&LifeTestCase::Heard, this));
    for (int64_t at = 800'000; at < 9'000'000; at += 800'000)
    {
        switch (m_row.behaviour)
        {
        case Behaviour::SENDS_DUPLICATES:
            m_peer->SendAt(at, {1, 1});
            break;
        case Behaviour::SENDS_OCTETS:
            m_peer->SendAt(at, {0, 1, 1});
            break;
        case Behaviour::SENDS_DATA_OUT_OF_ORDER:
            m_peer->SendAt(at, {101, 1, 10});
            break;
        case Behaviour::SENDS_PROBES:
            m_peer->SendAt(at, {0, 1});
            break;
        default:
            break;
        }
    }
    std::vector<SeenSegment> probes;
    std::vector<SeenSegment> others;
    std::vector<SeenSegment> resets;
    // The dead are not asked further: they would answer with a RST, as behaviour 5 has it.
    const auto all = Run(100, m_row.life ? 9'000'000 : 5'500'000);
    for (const SeenSegment& segment : all)
    {
        (segment.flags != "A" ? resets : segment.seq == 0 ? probes : others).push_back(segment);
    }

    // Established when the last segment of the handshake arrived.
    constexpr int64_t ESTABLISHED = 3 * TcpOracleNetwork::DELAY;
    NS_TEST_ASSERT_MSG_EQ(probes.size(), m_row.probes, "number of probes" << ToText(all));
    for (std::size_t i = 0; i < probes.size(); i++)
    {
        // Life: the idle time after each answer. No life: the interval after each probe.
        const auto n = static_cast<int64_t>(i);
        const int64_t later =
            m_row.life ? n * (2'000'000 + 2 * TcpOracleNetwork::DELAY) : n * 1'000'000;
        NS_TEST_EXPECT_MSG_EQ(probes[i].when, ESTABLISHED + 2'000'000 + later, "probe " << i);
        NS_TEST_EXPECT_MSG_EQ(probes[i].ack, 1, "acknowledgment number of probe " << i);
        NS_TEST_EXPECT_MSG_EQ(probes[i].length, 0, "payload of probe " << i);
    }
    NS_TEST_EXPECT_MSG_EQ(others.size(), m_row.others, "number of others" << ToText(all));
    for (const SeenSegment& other : others)
    {
        NS_TEST_EXPECT_MSG_EQ(other.seq, 1, "sequence number of an answer");
        NS_TEST_EXPECT_MSG_EQ(other.ack, 1, "acknowledgment number of an answer");
    }
    if (m_row.life)
    {
        NS_TEST_EXPECT_MSG_EQ(m_ends.size(), 0, "it lives" << ToText(all));
        NS_TEST_EXPECT_MSG_EQ(resets.size(), 0, "it lives" << ToText(all));
        return;
    }
    NS_TEST_ASSERT_MSG_EQ(m_ends.size(), 1, "it is dead" << ToText(all));
    NS_TEST_EXPECT_MSG_EQ((m_ends[0] == TcpEndCause::KEEPALIVE),
                          true,
                          "because of " << ToString(m_ends[0]));
    NS_TEST_EXPECT_MSG_EQ(m_endedAt, ESTABLISHED + 5'000'000, "when it died");
    NS_TEST_ASSERT_MSG_EQ(resets.size(), 1, "and says so" << ToText(all));
    NS_TEST_EXPECT_MSG_EQ(resets[0].flags, "RA", "with a RST");
    NS_TEST_EXPECT_MSG_EQ(resets[0].when, m_endedAt, "at that instant");
    NS_TEST_EXPECT_MSG_EQ(resets[0].seq, 1, "at the next number");
}

void
LifeTestCase::Heard(const SeenSegment& segment)
{
    if (segment.flags != "A" || segment.seq != 0)
    {
        return; // not a probe
    }
    switch (m_row.behaviour)
    {
    case Behaviour::ANSWERS:
        m_peer->Send({1, 1});
        break;
    case Behaviour::ANSWERS_WITHOUT_STAMP:
        m_peer->Send({1, 1, 0, TcpHeader::ACK, Stamp::MISSING});
        break;
    case Behaviour::ANSWERS_OLD:
        m_peer->Send({1, 0});
        break;
    case Behaviour::ANSWERS_PROBE:
        m_peer->Send({0, 1});
        break;
    default:
        break;
    }
}

/// Answers and signs of life of TcpKeepaliveSocket.
class TcpProbeAnswerTestSuite : public TestSuite
{
  public:
    TcpProbeAnswerTestSuite()
        : TestSuite("keepalive-tcp-probe-answer")
    {
        for (const Agreement& agreement : AGREEMENTS)
        {
            AddTestCase(new AnswerTestCase(agreement));
            AddTestCase(new RateTestCase(agreement));
            AddTestCase(new MissingConnectionTestCase(agreement));
            for (const LifeRow& row : LIVES)
            {
                AddTestCase(new LifeTestCase(row, agreement));
            }
        }
    }
};

TcpProbeAnswerTestSuite g_tcpProbeAnswerTestSuite; //!< registers the suite

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
