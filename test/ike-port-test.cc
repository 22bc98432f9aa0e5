/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief UDP 500 and 4500 of an IKE host: who gets what, and what leaves how.
 *
 * 1. On UDP 4500 IKE, ESP and NAT keepalives are told apart; a NAT keepalive is heard by nobody.
 * 2. On UDP 500 IKE has no marker; without NAT traversal data is plain ESP.
 * 3. What is for nobody, or is nothing, is dropped, with the reason.
 * 4. Of several associations the one with the cookies or the SPI hears; requests for a new SA go by
 *    the address.
 * 5. What leaves: ports, marker, sequence numbers, one octet 0xFF, and who is told.
 * 6. A peer that moves is followed where its owner says so, unless that is switched off.
 * 7. Without power nothing arrives and nothing leaves.
 * 8. A closed association neither hears nor speaks; there is one IkePort per node.
 * 9. Plain ESP that is only forwarded here is left alone.
 */

#include "dpd-test-network.h"
#include "hex-bytes.h"

#include "ns3/boolean.h"
#include "ns3/ike-association.h"
#include "ns3/ike-port.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

using Bytes = std::vector<uint8_t>;

/// An ISAKMP header alone, with cookies 1 and 2.
const std::string IKE = "0000000000000001 0000000000000002 00 20 25 08 00000005 0000001c";
/// The same without responder cookie.
const std::string NEW_IKE = "0000000000000001 0000000000000000 00 20 22 08 00000000 0000001c";
const std::string MARKER = "00000000"; //!< before IKE on UDP 4500

/// An association, and what it hears.
class Listener : private IkeAssociation::Owner
{
  public:
    /**
     * @brief Open an association on a host of the network.
     * @param node the host
     * @param remote the address of its peer
     * @param names the names of its SAs
     * @param natTraversal whether on UDP 4500
     */
    Listener(Ptr<Node> node,
             const char* remote,
             const IkeAssociation::Names& names,
             bool natTraversal)
        : association(CreateObject<IkeAssociation>())
    {
        association->SetNatTraversal(natTraversal);
        const uint16_t port = natTraversal ? IkePort::NAT_PORT : IkePort::IKE_PORT;
        association->SetRemote({Ipv4Address(remote), port});
        association->SetNames(names);
        association->TraceConnectWithoutContext("Tx", MakeCallback(&Listener::Left, this));
        association->TraceConnectWithoutContext("Rx", MakeCallback(&Listener::Came, this));
        association->TraceConnectWithoutContext("Move", MakeCallback(&Listener::Moved, this));
        association->Open(IkePort::Of(node), this);
    }

    ~Listener() override
    {
        association->Close();
    }

    Ptr<IkeAssociation> association; //!< the association
    std::string heard;               //!< what its owner heard, in words
    std::string sent;                //!< what Tx said
    std::string received;            //!< what Rx said
    std::string moves;               //!< what Move said
    bool follow{true};               //!< follow the peer

  private:
    void HandleIke(const IkeHeader& header,
                   Ptr<Packet> body,
                   const IkeEndpoint& from,
                   Ptr<const Packet> datagram) override
    {
        std::ostringstream words;
        words << "ike " << header.GetMessageId() << " body " << body->GetSize() << " of "
              << datagram->GetSize() << " from " << from.address << ":" << from.port << ";";
        heard += words.str();
        if (follow)
        {
            association->Follow(from);
        }
    }

    void HandleEsp(const EspHeader& header, Ptr<Packet> data, const IkeEndpoint& from) override
    {
        std::ostringstream words;
        words << "esp " << header.GetSequenceNumber() << " data " << data->GetSize() << " from "
              << from.address << ":" << from.port << ";";
        heard += words.str();
        if (follow)
        {
            association->Follow(from);
        }
    }

    /// Tx.
    void Left(Ptr<const Packet> datagram, IkeDatagram kind)
    {
        sent += std::to_string(static_cast<int>(kind)) + ":" + std::to_string(datagram->GetSize()) +
                " ";
    }

    /// Rx.
    void Came(Ptr<const Packet> datagram, IkeDatagram kind)
    {
        received += std::to_string(static_cast<int>(kind)) + ":" +
                    std::to_string(datagram->GetSize()) + " ";
    }

    /// Move.
    void Moved(const IkeEndpoint& before, const IkeEndpoint& now)
    {
        std::ostringstream words;
        words << before.address << ":" << before.port << " to " << now.address << ":" << now.port
              << ";";
        moves += words.str();
    }
};

/// What all cases here have: a network, and what the sockets of B say.
class IkePortTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

  protected:
    /// Listen to the sockets of B.
    void Listen()
    {
        Ptr<IkePort> port = IkePort::Of(network->hosts.Get(1));
        port->TraceConnectWithoutContext("Rx", MakeCallback(&IkePortTestCase::Came, this));
        port->TraceConnectWithoutContext("Tx", MakeCallback(&IkePortTestCase::Left, this));
    }

    void DoSetup() override
    {
        network = std::make_unique<DpdTestNetwork>();
        Listen();
    }

    void DoTeardown() override
    {
        network.reset();
    }

    /**
     * @brief Let A send a datagram to B.
     * @param at when, in seconds
     * @param hex the datagram
     * @param to B's UDP port
     * @param from A's UDP port
     */
    void Arrive(double at, const std::string& hex, uint16_t to = 4500, uint16_t from = 4000)
    {
        // A new port each time, for ports stay taken.
        const uint16_t port = from == 4000 ? m_nextPort++ : from;
        network->SendBytesAt(Seconds(at), 0, port, to, ToBytes(hex));
    }

    /**
     * @brief B's names.
     * @param cookies initiator's; the responder's is one more
     * @param spi inbound SPI; the outbound one is one more
     * @return the names
     */
    static IkeAssociation::Names Name(uint64_t cookies, uint32_t spi)
    {
        return {cookies, cookies + 1, spi, spi + 1};
    }

    std::unique_ptr<DpdTestNetwork> network; //!< the hosts
    std::string arrived;                     //!< what Rx of B's sockets said
    std::string departed;                    //!< what Tx of B's sockets said

  private:
    /// Rx of the sockets.
    void Came(Ptr<const Packet> datagram, IkeDatagram kind)
    {
        arrived += std::to_string(static_cast<int>(kind)) + ":" +
                   std::to_string(datagram->GetSize()) + " ";
    }

    /// Tx of the sockets.
    void Left(Ptr<const Packet> datagram, IkeDatagram kind)
    {
        departed += std::to_string(static_cast<int>(kind)) + ":" +
                    std::to_string(datagram->GetSize()) + " ";
    }

    uint16_t m_nextPort{4001}; //!< for Arrive
};

/// Behaviours 1 and 2.
class SortTestCase : public IkePortTestCase
{
  public:
    SortTestCase()
        : IkePortTestCase("IKE, ESP and NAT keepalives are told apart")
    {
    }

  private:
    void DoRun() override
    {
        Listener b(network->hosts.Get(1), "10.0.0.1", Name(1, 0x100), true);
        b.follow = false;
        Arrive(1, MARKER + IKE, 4500, 4501);
        Arrive(2, "00000100 00000007 aabbcc", 4500, 4502);
        Arrive(3, "ff", 4500, 4503);
        Arrive(4, IKE, 500, 4504);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(b.heard,
                              "ike 5 body 0 of 32 from 10.0.0.1:4501;"
                              "esp 7 data 3 from 10.0.0.1:4502;"
                              "ike 5 body 0 of 28 from 10.0.0.1:4504;",
                              "the association");
        NS_TEST_EXPECT_MSG_EQ(arrived, "0:32 1:11 2:1 0:28 ", "the sockets: 2 is NAT keepalive");
        NS_TEST_EXPECT_MSG_EQ(b.received, "0:32 1:11 0:28 ", "as they were");
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(1), "", "nothing is dropped");
    }
};

/// Behaviour 3.
class DropTestCase : public IkePortTestCase
{
  public:
    DropTestCase()
        : IkePortTestCase("What is for nobody, or is nothing, is dropped")
    {
    }

  private:
    void DoRun() override
    {
        Listener b(network->hosts.Get(1), "10.0.0.9", Name(1, 0x100), true);

        const struct
        {
            std::string hex;
            uint16_t port;
            const char* reason;
        } rows[] = {
            {"fe", 4500, "bad-marker"},
            {"ffff", 4500, "bad-marker"},
            {"00", 4500, "bad-marker"},
            {"000000", 4500, "bad-marker"},
            {"ffffff", 4500, "bad-marker"},
            {MARKER, 4500, "truncated"},
            {MARKER + IKE.substr(0, IKE.size() - 2), 4500, "truncated"},
            {MARKER + IKE + "00", 4500, "bad-length"},
            {MARKER + "0000000000000001 0000000000000003 00 20 25 08 00000005 0000001c",
             4500,
             "bad-cookie"},
            {MARKER + "0000000000000002 0000000000000002 00 20 25 08 00000005 0000001c",
             4500,
             "bad-cookie"},
            {MARKER + "0000000000000000 0000000000000002 00 20 25 08 00000005 0000001c",
             4500,
             "bad-cookie"},
            {MARKER + NEW_IKE, 4500, "bad-cookie"}, // from an address that is nobody's peer
            {MARKER + "0000000000000001 0000000000000002 00 30 25 08 00000005 0000001c",
             4500,
             "bad-version"},
            {"00000100", 4500, "truncated"},
            {"00000100 000000", 4500, "truncated"},
            {"00000101 00000007 aa", 4500, "bad-cookie"}, // the SPI of the other direction
            {"ff", 500, "truncated"},
            {"", 500, "truncated"},
            {MARKER + IKE, 500, "bad-version"}, // a marker does not belong there
        };

        std::string expected;
        double at = 1;
        for (const auto& row : rows)
        {
            Arrive(at, row.hex, row.port);
            at += 1;
            expected += expected.empty() ? "" : " ";
            expected += row.reason;
        }
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(1), expected, "reasons");
        NS_TEST_EXPECT_MSG_EQ(b.heard, "", "nobody hears");
    }
};

/// Behaviour 4.
class ChoiceTestCase : public IkePortTestCase
{
  public:
    ChoiceTestCase()
        : IkePortTestCase("Of several associations one hears")
    {
    }

  private:
    void DoRun() override
    {
        Listener none(network->hosts.Get(1), "10.0.0.7", {}, true);
        Listener first(network->hosts.Get(1), "10.0.0.8", Name(1, 0x100), true);
        Listener second(network->hosts.Get(1), "10.0.0.1", Name(11, 0x200), true);
        Listener waiting(network->hosts.Get(1), "10.0.0.6", {21, 0, 0, 0}, true);
        first.follow = second.follow = false;
        Arrive(1, MARKER + IKE, 4500, 4501);
        Arrive(2, "00000200 00000001", 4500, 4502);
        Arrive(3, "00000100 00000002", 4500, 4503);
        Arrive(4, MARKER + NEW_IKE, 4500, 4504); // from 10.0.0.1
        // A reply to an attempt has a responder cookie that is new.
        Arrive(5,
               MARKER + "0000000000000015 0000000000000063 00 20 22 20 00000006 0000001c",
               4500,
               4505);
        Arrive(6, "00000000 00000002"); // not ESP, and not IKE either
        // Nobody has no cookie, not even who has no names.
        Arrive(7, MARKER + "0000000000000000 0000000000000063 00 20 22 20 00000006 0000001c");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(none.heard, "", "without names");
        NS_TEST_EXPECT_MSG_EQ(
            first.heard,
            "ike 5 body 0 of 32 from 10.0.0.1:4501;esp 2 data 0 from 10.0.0.1:4503;",
            "cookies and SPI, whatever the address");
        NS_TEST_EXPECT_MSG_EQ(
            second.heard,
            "esp 1 data 0 from 10.0.0.1:4502;ike 0 body 0 of 32 from 10.0.0.1:4504;",
            "SPI, and a new one by its address");
        NS_TEST_EXPECT_MSG_EQ(waiting.heard, "ike 6 body 0 of 32 from 10.0.0.1:4505;", "reply");
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(1), "truncated bad-cookie", "the last two");
    }
};

/// Behaviours 2 and 5.
class SendTestCase : public IkePortTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param natTraversal whether on UDP 4500
     */
    explicit SendTestCase(bool natTraversal)
        : IkePortTestCase(natTraversal ? "What leaves with NAT traversal"
                                       : "What leaves without NAT traversal"),
          m_natTraversal(natTraversal)
    {
    }

  private:
    void DoRun() override
    {
        Listener b(network->hosts.Get(1), "10.0.0.1", Name(1, 0x100), m_natTraversal);
        Listener a(network->hosts.Get(0), "10.0.0.2", {1, 2, 0x101, 0x100}, m_natTraversal);
        m_b = b.association;
        NS_TEST_EXPECT_MSG_EQ(m_b->GetLastSent(), Seconds(0), "never");
        for (int second = 1; second <= 4; second++)
        {
            Simulator::Schedule(Seconds(second), &SendTestCase::Send, this, second);
        }
        Simulator::Run();
        std::string wire;
        for (const auto& seen : network->packets)
        {
            std::ostringstream words;
            words << +seen.protocol << " " << seen.source << ">" << seen.destination << " "
                  << ToHex(seen.bytes) << ";";
            wire += words.str();
        }
        const std::string ike = ToHex(ToBytes(IKE));
        if (m_natTraversal)
        {
            NS_TEST_EXPECT_MSG_EQ(wire,
                                  "17 4500>4500 00000000" + ike +
                                      ";17 4500>4500 00000101000000010000"
                                      ";17 4500>4500 00000101000000020000"
                                      ";17 4500>4500 ff;",
                                  "on the wire");
            NS_TEST_EXPECT_MSG_EQ(b.sent, "0:32 1:10 1:10 2:1 ", "as the association says");
            NS_TEST_EXPECT_MSG_EQ(departed, b.sent, "as the sockets say");
            NS_TEST_EXPECT_MSG_EQ(a.heard,
                                  "ike 5 body 0 of 32 from 10.0.0.2:4500;"
                                  "esp 1 data 2 from 10.0.0.2:4500;"
                                  "esp 2 data 2 from 10.0.0.2:4500;",
                                  "as A hears it");
        }
        else
        {
            NS_TEST_EXPECT_MSG_EQ(wire,
                                  "17 500>500 " + ike +
                                      ";50 0>0 00000101000000010000"
                                      ";50 0>0 00000101000000020000;",
                                  "on the wire");
            NS_TEST_EXPECT_MSG_EQ(b.sent, "0:28 1:10 1:10 ", "no NAT keepalive");
            NS_TEST_EXPECT_MSG_EQ(a.heard,
                                  "ike 5 body 0 of 28 from 10.0.0.2:500;"
                                  "esp 1 data 2 from 10.0.0.2:0;esp 2 data 2 from 10.0.0.2:0;",
                                  "as A hears it");
            NS_TEST_EXPECT_MSG_EQ(a.association->GetRemote().port, 500, "of IKE still");
        }
        NS_TEST_EXPECT_MSG_EQ(m_results, (m_natTraversal ? "1111" : "1110"), "whether it left");
        NS_TEST_EXPECT_MSG_EQ(m_b->GetLastSent(),
                              Seconds(m_natTraversal ? 4 : 3),
                              "whatever it was");
        IkeAssociation::Names names;
        m_b->SetNames(names);
        NS_TEST_EXPECT_MSG_EQ(m_b->SendEsp(Create<Packet>(1)), false, "no ESP SA");
    }

    /**
     * @brief Let B send something.
     * @param which 1 for IKE, 2 and 3 for ESP, 4 for a NAT keepalive
     */
    void Send(int which)
    {
        const Bytes ike = ToBytes(IKE);
        const Bytes data{0, 0};
        bool left = false;
        switch (which)
        {
        case 1:
            left = m_b->SendIke(Create<Packet>(ike.data(), 28));
            break;
        case 4:
            left = m_b->SendNatKeepalive();
            break;
        default:
            left = m_b->SendEsp(Create<Packet>(data.data(), 2));
        }
        m_results += left ? '1' : '0';
    }

    bool m_natTraversal;     //!< on UDP 4500
    Ptr<IkeAssociation> m_b; //!< of B
    std::string m_results;   //!< whether it left
};

/// Behaviour 6.
class FollowTestCase : public IkePortTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param on attribute FollowPeer
     */
    explicit FollowTestCase(bool on)
        : IkePortTestCase(on ? "A peer that moves is followed" : "A peer is followed nowhere"),
          m_on(on)
    {
    }

  private:
    void DoRun() override
    {
        Listener b(network->hosts.Get(1), "10.0.0.1", Name(1, 0x100), true);
        b.association->SetAttribute("FollowPeer", BooleanValue(m_on));
        Arrive(1, MARKER + IKE, 4500, 5001);
        Arrive(2, "ff", 4500, 5002);
        Arrive(3, "00000100 00000007 aabbcc", 4500, 5003);
        Arrive(4, "ff", 4500, 5004);
        Arrive(5, "00000105 00000007 aabbcc", 4500, 5005); // somebody else's
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(b.association->GetRemote().port, (m_on ? 5003 : 4500), "where to");
        NS_TEST_EXPECT_MSG_EQ(
            b.moves,
            (m_on ? "10.0.0.1:4500 to 10.0.0.1:5001;10.0.0.1:5001 to 10.0.0.1:5003;" : ""),
            "each move once");
    }

    bool m_on; //!< attribute FollowPeer
};

/// Behaviour 7.
class PowerTestCase : public IkePortTestCase
{
  public:
    PowerTestCase()
        : IkePortTestCase("Without power nothing arrives and nothing leaves")
    {
    }

  private:
    void DoRun() override
    {
        Listener b(network->hosts.Get(1), "10.0.0.1", Name(1, 0x100), true);
        Ptr<IkePort> port = IkePort::Of(network->hosts.Get(1));
        port->SetPowered(false);
        NS_TEST_EXPECT_MSG_EQ(b.association->SendNatKeepalive(), false, "does not leave");
        Arrive(1, MARKER + IKE);
        Arrive(2, "ff");
        Arrive(3, IKE, 500);
        Simulator::Stop(Seconds(4));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(b.heard, "", "nobody hears");
        NS_TEST_EXPECT_MSG_EQ(arrived, "", "nothing arrives");
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(1),
                              "admin-down admin-down admin-down admin-down",
                              "4 drops");
        port->SetPowered(true);
        port->SetControlPlaneStalled(true); // which is the owners' affair
        Arrive(1, MARKER + IKE);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(arrived, "0:32 ", "it arrives again");
        NS_TEST_EXPECT_MSG_EQ(b.association->SendNatKeepalive(), true, "and leaves");
    }
};

/// Behaviours 8 and 9.
class CloseTestCase : public IkePortTestCase
{
  public:
    CloseTestCase()
        : IkePortTestCase("Closed associations, and packets on their way through")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<Node> node = network->hosts.Get(1);
        NS_TEST_EXPECT_MSG_EQ((IkePort::Of(node) == IkePort::Of(node)), true, "one per node");
        NS_TEST_EXPECT_MSG_EQ((IkePort::Of(node) != IkePort::Of(network->hosts.Get(0))),
                              true,
                              "for each node");
        Listener b(node, "10.0.0.1", Name(1, 0x100), false);
        // Address 10.0.0.9 is nobody's; on this wire B hears what is sent there.
        node->GetObject<Ipv4>()->SetAttribute("IpForward", BooleanValue(false));
        Listener a(network->hosts.Get(0), "10.0.0.9", {1, 2, 0x101, 0x100}, false);
        a.association->SendEsp(Create<Packet>(5));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network->packets.size(), 1, "it was on the wire");
        NS_TEST_EXPECT_MSG_EQ(b.heard, "", "but is not for B");
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(1), "", "and not B's to drop");
        a.association->SetRemote({Ipv4Address("10.0.0.2"), 500});
        a.association->SendEsp(Create<Packet>(5));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(b.heard, "esp 2 data 5 from 10.0.0.1:0;", "now it is");

        Listener none(node, "10.0.0.7", {}, false);
        const Bytes zero(8);
        IkePort::Of(network->hosts.Get(0))
            ->Send(Create<Packet>(zero.data(), 8),
                   IkeDatagram::ESP,
                   false,
                   {Ipv4Address("10.0.0.2"), 0});
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(none.heard, "", "no SPI is no name");
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(1), "bad-cookie", "SPI 0");

        NS_TEST_EXPECT_MSG_EQ(b.association->IsOpen(), true, "open");
        b.association->Close();
        NS_TEST_EXPECT_MSG_EQ(b.association->IsOpen(), false, "closed");
        a.association->SendEsp(Create<Packet>(5));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(1), "bad-cookie bad-cookie", "nobody is there");
        NS_TEST_EXPECT_MSG_EQ(b.association->SendIke(Create<Packet>(28)), false, "nor speaks");
    }
};

/// Behaviour of IkePort and IkeAssociation.
class IkePortTestSuite : public TestSuite
{
  public:
    IkePortTestSuite()
        : TestSuite("keepalive-ike-port")
    {
        AddTestCase(new SortTestCase);
        AddTestCase(new DropTestCase);
        AddTestCase(new ChoiceTestCase);
        AddTestCase(new SendTestCase(true));
        AddTestCase(new SendTestCase(false));
        AddTestCase(new FollowTestCase(true));
        AddTestCase(new FollowTestCase(false));
        AddTestCase(new PowerTestCase);
        AddTestCase(new CloseTestCase);
    }
};

IkePortTestSuite g_ikePortTestSuite; //!< registers the suite

} // namespace
