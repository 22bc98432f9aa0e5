/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-test-network.h"

#include "ns3/boolean.h"
#include "ns3/pointer.h"
#include "ns3/queue.h"
#include "ns3/simulator.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief EthernetSwitch, and the loops of switches and hubs that keepalives find or do not find.
 *
 * Three hosts with addresses 1, 3 and 5 on ports 0, 1 and 2 of a switch S, whose ports have the
 * addresses 2, 4 and 6. Frames take 100 us and 10 us of delay per cable.
 *
 * Behaviours:
 *  1. a frame to an unknown address is flooded, one to a known address goes there alone
 *  2. a keepalive lives for one hop: it refreshes the sender's entry, and no one else gets it
 *  3. an entry is good up to the ageing time after it was last heard, and keepalives keep it so
 *  4. an address that is heard elsewhere has moved
 *  5. groups are flooded and never learned; those that no bridge forwards end in the switch
 *  6. what is for a port of the switch ends there, whichever port it comes by
 *  7. a blocked port neither learns nor forwards, in or out, but its own keepalive is sent
 *  8. an err-disabled port takes and gives nothing; what lives there is looked for elsewhere
 *  9. a port whose line protocol is down carries nothing: shut, keepalives unheard, carrier lost
 * 10. a crash forgets the table and forwards nothing; a stall changes nothing
 * 11. a full table learns no more, until entries have aged out
 * 12. a full queue is a drop
 * 13. a hub repeats everything, also what is for its own ports and for bridges
 * 14. two ports of a hub cabled together bring the keepalive back: the port is err-disabled, the
 *     storm stays outside, and the other ports go on
 * 15. two ports of a learning switch cabled together do not: it filters the keepalive
 * 16. a blocked port in the loop hides it, until it no longer blocks
 * 17. clearing the table floods again
 */

namespace ns3
{
namespace keepalive
{
namespace tests
{
namespace
{

/// A switch with three hosts.
class SwitchTestCase : public TestCase
{
  public:
    /// The test, as a member function so that it may use the helpers.
    typedef void (SwitchTestCase::*Function)();

    /**
     * @brief Create a case.
     * @param name the behaviour
     * @param function the test
     */
    SwitchTestCase(const std::string& name, Function function)
        : TestCase(name),
          m_function(function)
    {
    }

    void Learning();    //!< behaviour 1
    void Keepalive();   //!< behaviour 2
    void Ageing();      //!< behaviour 3
    void KeptYoung();   //!< behaviour 3
    void Move();        //!< behaviour 4
    void Groups();      //!< behaviour 5
    void OwnAddress();  //!< behaviour 6
    void Blocked();     //!< behaviour 7
    void ErrDisabled(); //!< behaviour 8
    void LineDown();    //!< behaviour 9
    void Unheard();     //!< behaviour 9
    void Power();       //!< behaviour 10
    void FullTable();   //!< behaviour 11
    void FullQueue();   //!< behaviour 12
    void Hub();         //!< behaviour 13
    void HubLoop();     //!< behaviour 14
    void SwitchLoop();  //!< behaviour 15
    void HiddenLoop();  //!< behaviour 16
    void Clear();       //!< behaviour 17

  private:
    void DoSetup() override
    {
        m_network = std::make_unique<EthernetTestNetwork>();
        m_nodes = NodeContainer();
        m_nodes.Create(5);
        for (uint32_t i = 0; i < 3; i++)
        {
            const NetDeviceContainer cable =
                m_network->Cable(NodeContainer(m_nodes.Get(i), m_nodes.Get(3)));
            m_hosts[i] = cable.Get(0);
            m_network->Listen("H" + std::to_string(i), m_hosts[i]);
        }
        m_switch = m_network->Bridge("S", m_nodes.Get(3), true);
    }

    void DoRun() override
    {
        (this->*m_function)();
    }

    void DoTeardown() override
    {
        Simulator::Destroy();
        m_switch = nullptr;
        m_nodes = NodeContainer();
        m_hosts[0] = m_hosts[1] = m_hosts[2] = nullptr;
        m_actions.clear();
        m_network.reset();
    }

    /**
     * @brief A host sends a frame.
     * @param milliseconds when
     * @param host which
     * @param source end of the source address
     * @param destination end of the destination address
     */
    void Send(int64_t milliseconds, uint32_t host, char source, char destination)
    {
        const std::string prefix = "00:00:00:00:00:0";
        SendFull(milliseconds, host, prefix + source, prefix + destination);
    }

    /**
     * @brief A host sends a frame.
     * @param milliseconds when
     * @param host which
     * @param source source address
     * @param destination destination address
     */
    void SendFull(int64_t milliseconds,
                  uint32_t host,
                  const std::string& source,
                  const std::string& destination)
    {
        m_network->SendAt(MilliSeconds(milliseconds),
                          m_hosts[host],
                          source,
                          destination,
                          "0000 0100 0000");
    }

    /**
     * @brief Do something later.
     * @param milliseconds when
     * @param what what to do
     */
    void At(int64_t milliseconds, std::function<void()> what)
    {
        m_actions.push_back(std::move(what));
        Simulator::ScheduleWithContext(m_nodes.Get(3)->GetId(),
                                       MilliSeconds(milliseconds),
                                       &SwitchTestCase::Act,
                                       this,
                                       m_actions.size() - 1);
    }

    /**
     * @brief Do what At said.
     * @param i its number
     */
    void Act(std::size_t i)
    {
        m_actions[i]();
    }

    /**
     * @brief Compare a part of the record.
     * @param who whose
     * @param what how its lines begin behind the name
     * @param expected lines without name, but with time
     */
    void Expect(const std::string& who,
                const std::string& what,
                const std::vector<std::string>& expected)
    {
        std::string all;
        for (const auto& line : expected)
        {
            const std::size_t space = line.find(' ');
            all += line.substr(0, space) + " " + who + line.substr(space) + "\n";
        }
        NS_TEST_EXPECT_MSG_EQ(m_network->Find(who, what), all, GetName() << ": " << what);
    }

    /**
     * @brief Compare what the hosts got, whenever it was.
     * @param host which
     * @param expected such as "1 to 3"
     */
    void ExpectGot(uint32_t host, const std::vector<std::string>& expected)
    {
        const std::string who = "H" + std::to_string(host);
        const std::string found = m_network->Find(who, "got");
        std::string got;
        for (std::size_t at = found.find("got "); at != std::string::npos;
             at = found.find("got ", at + 1))
        {
            got += found.substr(at + 4, found.find('\n', at) - at - 4) + "\n";
        }
        std::string all;
        for (const auto& frame : expected)
        {
            all += frame + "\n";
        }
        NS_TEST_EXPECT_MSG_EQ(got, all, GetName() << ": what host " << host << " got");
    }

    /**
     * @brief The port on which an address lives.
     * @param end its end
     * @return the number, -1 for none
     */
    int32_t PortOf(char end) const
    {
        const std::string address = std::string("00:00:00:00:00:0") + end;
        const std::optional<uint32_t> port = m_switch->GetPort(Mac48Address(address.c_str()));
        return port ? static_cast<int32_t>(*port) : -1;
    }

    /**
     * @brief Cable a second bridge to S, with two of its ports cabled together.
     * @param learning false for a hub
     * @return the bridge: port 0 leads to S, ports 1 and 2 to each other
     */
    Ptr<EthernetSwitch> MakeLoop(bool learning)
    {
        Ptr<Node> s = m_nodes.Get(3);
        Ptr<Node> d = m_nodes.Get(4);
        const NetDeviceContainer link = m_network->Cable(NodeContainer(s, d));
        m_switch->AddPort(link.Get(0));
        NodeContainer both;
        both.Add(d);
        both.Add(d);
        m_network->Cable(both);
        m_keepalive = m_network->Watch("P3", link.Get(0));
        return m_network->Bridge("D", d, learning);
    }

    Function m_function;                            //!< the test
    std::unique_ptr<EthernetTestNetwork> m_network; //!< network and record
    NodeContainer m_nodes;                          //!< three hosts, S, and one for a second bridge
    Ptr<NetDevice> m_hosts[3];                      //!< devices of the hosts
    Ptr<EthernetSwitch> m_switch;                   //!< S
    Ptr<EthernetKeepalive> m_keepalive;             //!< of S's port to the second bridge
    std::vector<std::function<void()>> m_actions;   //!< what to do later
};

void
SwitchTestCase::Learning()
{
    Send(1, 0, '1', '3');
    Send(2, 1, '3', '1');
    Send(3, 0, '1', '3');
    m_network->RunUntil(MilliSeconds(10));
    Expect("S",
           "frame",
           {"1110 frame 0 flooded", "2110 frame 1 forwarded", "3110 frame 0 forwarded"});
    Expect("S", "learn", {"1110 learn 1 on 0", "2110 learn 3 on 1"});
    ExpectGot(0, {"3 to 1"});
    ExpectGot(1, {"1 to 3", "1 to 3"});
    ExpectGot(2, {"1 to 3"});
    NS_TEST_EXPECT_MSG_EQ(PortOf('1'), 0, "where 1 lives");
    NS_TEST_EXPECT_MSG_EQ(PortOf('3'), 1, "where 3 lives");
    NS_TEST_EXPECT_MSG_EQ(PortOf('5'), -1, "5 was not heard");
    NS_TEST_EXPECT_MSG_EQ(m_switch->GetTableSize(), 2, "entries");
    NS_TEST_EXPECT_MSG_EQ(m_switch->GetNPorts(), 3, "ports");
    Expect("S", "drop", {});
}

void
SwitchTestCase::Keepalive()
{
    m_network->Watch("A", m_hosts[0]);
    m_network->RunUntil(Seconds(25));
    Expect("S",
           "",
           {"3000110 learn 1 on 0",
            "3000110 frame 0 filtered",
            "13000110 frame 0 filtered",
            "23000110 frame 0 filtered"});
    ExpectGot(0, {});
    ExpectGot(1, {});
    ExpectGot(2, {});
    const std::optional<Time> heard = m_switch->GetLastHeard(Mac48Address("00:00:00:00:00:01"));
    NS_TEST_EXPECT_MSG_EQ(heard.value_or(Time(0)), MicroSeconds(23000110), "refreshed");
}

void
SwitchTestCase::Ageing()
{
    Send(1000, 0, '1', '3');
    // It arrives at 1.00011 s. A frame that arrives at 301.00011 s still finds it; 1 ns later none.
    Send(301000, 1, '3', '1');
    m_network->RunUntil(MicroSeconds(301000110));
    NS_TEST_EXPECT_MSG_EQ(PortOf('1'), 0, "300 s are not too long");
    m_network->RunUntil(MicroSeconds(301000110) + NanoSeconds(1));
    NS_TEST_EXPECT_MSG_EQ(PortOf('1'), -1, "more than 300 s are");
    NS_TEST_EXPECT_MSG_EQ(m_switch->GetTableSize(), 1, "3 is younger");
    NS_TEST_EXPECT_MSG_EQ(m_switch->GetLastHeard(Mac48Address("00:00:00:00:00:01")).has_value(),
                          false,
                          "forgotten");
    Send(1000, 1, '3', '1'); // one second from now
    m_network->RunUntil(Seconds(303));
    NS_TEST_EXPECT_MSG_EQ(m_network->Find("S", "frame 1"),
                          "301000110 S frame 1 forwarded\n302000220.001 S frame 1 flooded\n",
                          "forwarded, then flooded");
    Send(1000, 0, '1', '3');
    m_network->RunUntil(Seconds(305));
    Expect("S",
           "learn 1",
           {"1000110 learn 1 on 0", "304000110 learn 1 on 0"}); // what is forgotten is new
}

void
SwitchTestCase::KeptYoung()
{
    // Two hosts that say nothing for an hour. Only one of them has keepalives.
    m_network->Watch("A", m_hosts[0]);
    Send(1000, 1, '3', '1');
    Send(3600000, 2, '5', '1');
    Send(3601000, 2, '5', '3');
    m_network->RunUntil(Seconds(3602));
    NS_TEST_EXPECT_MSG_EQ(PortOf('1'), 0, "kept by keepalives");
    NS_TEST_EXPECT_MSG_EQ(PortOf('3'), -1, "aged out");
    Expect("S", "frame 2", {"3600000110 frame 2 forwarded", "3601000110 frame 2 flooded"});
}

void
SwitchTestCase::Move()
{
    Send(1, 0, '1', '3');
    Send(2, 2, '1', '3');
    Send(3, 1, '3', '1');
    m_network->RunUntil(MilliSeconds(10));
    Expect("S", "learn 1", {"1110 learn 1 on 0", "2110 learn 1 on 2"});
    ExpectGot(2, {"1 to 3", "3 to 1"});
    ExpectGot(0, {"1 to 3"});
}

void
SwitchTestCase::Groups()
{
    SendFull(1, 0, "00:00:00:00:00:01", "ff:ff:ff:ff:ff:ff");
    SendFull(2, 0, "00:00:00:00:00:01", "01:00:5e:00:00:05");
    SendFull(3, 0, "00:00:00:00:00:01", "01:80:c2:00:00:00");
    SendFull(4, 0, "00:00:00:00:00:01", "01:80:c2:00:00:0f");
    SendFull(5, 0, "00:00:00:00:00:01", "01:80:c2:00:00:10");
    SendFull(6, 1, "01:00:00:00:00:07", "00:00:00:00:00:01");
    m_network->RunUntil(MilliSeconds(10));
    Expect("S",
           "",
           {"1110 learn 1 on 0",
            "1110 frame 0 flooded",
            "2110 frame 0 flooded",
            "3110 frame 0 local",
            "4110 frame 0 local",
            "5110 frame 0 flooded",
            "6110 frame 1 forwarded"});
    NS_TEST_EXPECT_MSG_EQ(m_switch->GetTableSize(), 1, "the group 7 is not learned");
    ExpectGot(1, {"1 to 255", "1 to 5", "1 to 16"});
}

void
SwitchTestCase::OwnAddress()
{
    Send(1, 0, '1', '2');
    Send(2, 0, '1', '4');
    Send(3, 1, '2', '2'); // a keepalive of port 0 that comes back by port 1
    Send(4, 1, '2', '5');
    m_network->RunUntil(MilliSeconds(10));
    Expect("S",
           "",
           {"1110 learn 1 on 0",
            "1110 frame 0 local",
            "2110 frame 0 local",
            "3110 frame 1 local",
            "4110 frame 1 flooded"});
    ExpectGot(1, {});
}

void
SwitchTestCase::Blocked()
{
    m_switch->SetPortBlocked(2, true);
    m_network->Watch("P2", m_switch->GetPortDevice(2));
    Send(1, 0, '1', '5');
    Send(2, 2, '5', '1');
    Send(3, 1, '3', '5');
    At(10, [this] { m_switch->SetPortBlocked(2, false); });
    Send(11, 2, '5', '1');
    m_network->RunUntil(MilliSeconds(3500));
    Expect("S",
           "frame",
           {"1110 frame 0 flooded",
            "2110 frame 2 blocked",
            "3110 frame 1 flooded",
            "11110 frame 2 forwarded"});
    Expect("S", "learn 5", {"11110 learn 5 on 2"});
    ExpectGot(2, {"6 to 6"}); // its own keepalive at 3 s
    NS_TEST_EXPECT_MSG_EQ(m_switch->IsPortBlocked(2), false, "no longer");
    NS_TEST_EXPECT_MSG_EQ(m_switch->IsPortForwarding(2), true, "no longer");
}

void
SwitchTestCase::ErrDisabled()
{
    Send(1, 2, '5', '9');
    At(5, [this] { m_switch->SetPortErrDisabled(2, true); });
    Send(10, 0, '1', '5'); // known, but its port is dead: perhaps it has moved
    Send(20, 2, '5', '1');
    Send(30, 0, '1', '9');
    At(40, [this] {
        NS_TEST_EXPECT_MSG_EQ(m_switch->IsPortErrDisabled(2), true, "err-disabled");
        NS_TEST_EXPECT_MSG_EQ(m_switch->IsPortErrDisabled(1), false, "this one is not");
        NS_TEST_EXPECT_MSG_EQ(m_switch->IsPortForwarding(2), false, "nothing passes");
        m_switch->SetPortErrDisabled(2, false);
    });
    Send(50, 0, '1', '5');
    m_network->RunUntil(MilliSeconds(100));
    Expect("S",
           "frame",
           {"1110 frame 2 flooded",
            "10110 frame 0 flooded",
            "30110 frame 0 flooded",
            "50110 frame 0 forwarded"});
    Expect("S", "drop", {"20110 drop err-disabled"});
    ExpectGot(1, {"5 to 9", "1 to 5", "1 to 9"});
    ExpectGot(2, {"1 to 5"});
}

void
SwitchTestCase::LineDown()
{
    Ptr<EthernetKeepalive> port = m_network->Watch("P2", m_switch->GetPortDevice(2));
    const std::vector<std::function<void()>> stops = {[port] { port->Shutdown(); },
                                                      [port] { port->NoShutdown(); },
                                                      [port] { port->DropCarrier(); },
                                                      [port] { port->RestoreCarrier(); },
                                                      [port] { port->SetPowered(false); },
                                                      [port] { port->SetPowered(true); }};
    for (std::size_t i = 0; i < stops.size(); i++)
    {
        const auto at = static_cast<int64_t>(100 * i);
        At(at + 50, stops[i]);
        Send(at + 100, 2, '5', '1');
        Send(at + 110, 0, '1', '9');
    }
    m_network->RunUntil(MilliSeconds(1000));
    Expect("S",
           "drop",
           {"100110 drop admin-down", "300110 drop line-down", "500110 drop line-down"});
    ExpectGot(2, {"1 to 9", "1 to 9", "1 to 9"});
}

void
SwitchTestCase::Unheard()
{
    Ptr<EthernetKeepalive> port = m_network->Watch("P2", m_switch->GetPortDevice(2));
    port->SetKeepalive(Seconds(10), 2);
    At(5000, [this] { EthernetTestNetwork::SetPlugged(m_switch->GetPortDevice(2), false); });
    // The line is down at 33 s. Before, frames are lost; after, they are not even sent.
    Send(20000, 0, '1', '9');
    Send(40000, 0, '1', '9');
    At(50000, [this] { EthernetTestNetwork::SetPlugged(m_switch->GetPortDevice(2), true); });
    Send(52000, 2, '5', '1');
    Send(54000, 2, '5', '1');
    m_network->RunUntil(Seconds(60));
    Expect("P2",
           "line",
           {"33000000 line down keepalive-unanswered", "53000100 line up keepalive-answered"});
    Expect("S", "drop", {"52000110 drop line-down"});
    Expect("S", "frame 2", {"54000110 frame 2 forwarded"});
}

void
SwitchTestCase::Power()
{
    Send(1, 0, '1', '3');
    At(5, [this] { m_switch->SetControlPlaneStalled(true); });
    Send(10, 1, '3', '1');
    At(15, [this] { m_switch->SetPowered(false); });
    Send(20, 1, '3', '1');
    At(25, [this] {
        NS_TEST_EXPECT_MSG_EQ(m_switch->GetTableSize(), 0, "forgotten");
        m_switch->SetPowered(true);
    });
    Send(30, 1, '3', '1');
    m_network->RunUntil(MilliSeconds(100));
    Expect("S",
           "frame",
           {"1110 frame 0 flooded", "10110 frame 1 forwarded", "30110 frame 1 flooded"});
    Expect("S", "drop", {"20110 drop admin-down"});
}

void
SwitchTestCase::FullTable()
{
    m_switch->SetAttribute("TableSize", UintegerValue(2));
    Send(1, 0, '1', '9');
    Send(2, 0, '7', '9');
    Send(3, 1, '3', '9'); // no room
    Send(4, 2, '5', '3');
    Send(5, 2, '7', '9'); // has its place, on whatever port
    Send(400000, 1, '3', '9');
    Send(400001, 2, '5', '3');
    m_network->RunUntil(Seconds(401));
    Expect("S",
           "learn",
           {"1110 learn 1 on 0",
            "2110 learn 7 on 0",
            "5110 learn 7 on 2",
            "400000110 learn 3 on 1",
            "400001110 learn 5 on 2"});
    Expect("S",
           "frame 2",
           {"4110 frame 2 flooded", "5110 frame 2 flooded", "400001110 frame 2 forwarded"});
}

void
SwitchTestCase::FullQueue()
{
    PointerValue queue;
    m_switch->GetPortDevice(1)->GetAttribute("TxQueue", queue);
    queue.Get<Queue<Packet>>()->SetMaxSize(QueueSize("1p"));
    Send(1, 1, '3', '9');
    // Host 1's own frame of 2 ms keeps the medium busy while three arrive: one goes to wait for the
    // medium, one for the first one, and the third has no place.
    m_network->SendAt(MilliSeconds(2),
                      m_hosts[1],
                      "00:00:00:00:00:03",
                      "00:00:00:00:00:03",
                      std::string(2 * 1262, '0'));
    for (uint32_t i = 0; i < 3; i++)
    {
        Send(2, 0, '1', '3');
    }
    m_network->RunUntil(MilliSeconds(100));
    const std::string drops = m_network->Find("S", "drop");
    NS_TEST_EXPECT_MSG_EQ(std::count(drops.begin(), drops.end(), '\n'), 1, "one drop");
    NS_TEST_EXPECT_MSG_EQ((drops.find("drop queue-full") != std::string::npos), true, drops);
    ExpectGot(1, {"1 to 3", "1 to 3"});
}

void
SwitchTestCase::Hub()
{
    m_switch->SetAttribute("Learning", BooleanValue(false));
    Send(1, 0, '1', '3');
    Send(2, 1, '3', '1');
    Send(3, 0, '1', '1');
    Send(4, 0, '1', '4');
    SendFull(5, 0, "00:00:00:00:00:01", "01:80:c2:00:00:00");
    m_network->RunUntil(MilliSeconds(10));
    Expect("S",
           "",
           {"1110 frame 0 flooded",
            "2110 frame 1 flooded",
            "3110 frame 0 flooded",
            "4110 frame 0 flooded",
            "5110 frame 0 flooded"});
    ExpectGot(2, {"1 to 3", "3 to 1", "1 to 1", "1 to 4", "1 to 0"});
    NS_TEST_EXPECT_MSG_EQ(m_switch->GetTableSize(), 0, "a hub knows nobody");
}

void
SwitchTestCase::HubLoop()
{
    Ptr<EthernetSwitch> hub = MakeLoop(false);
    // Before there is a loop, and after it was found, the other ports talk.
    hub->SetPortBlocked(2, true);
    At(2990, [hub] { hub->SetPortBlocked(2, false); });
    Send(2900, 0, '1', '3');
    Send(2950, 1, '3', '1');
    Send(3400, 0, '1', '3');
    m_network->RunUntil(MilliSeconds(3500));
    const std::string loop = m_network->Find("P3", "loop");
    NS_TEST_EXPECT_MSG_EQ(std::count(loop.begin(), loop.end(), '\n'), 1, "once is enough");
    // The cable, the loop and the cable again: 110 us each, since nobody else speaks.
    const std::string when = loop.substr(0, loop.find(' '));
    NS_TEST_EXPECT_MSG_EQ(when, std::string("3000330"), "when it came back");
    Expect("P3", "line", {when + " line down err-disabled"});
    Expect("P3", "tx", {"3000000 tx 1"});
    Expect("P3", "rx", {"3000100 rx 1", when + " rx 0"});
    NS_TEST_EXPECT_MSG_EQ(m_switch->IsPortErrDisabled(3), true, "S knows it");
    const std::string storm = m_network->Find("D", "frame");
    NS_TEST_EXPECT_MSG_EQ((std::count(storm.begin(), storm.end(), '\n') > 500),
                          true,
                          "the storm rages on");
    const std::string refused = m_network->Find("S", "drop err-disabled");
    NS_TEST_EXPECT_MSG_EQ((std::count(refused.begin(), refused.end(), '\n') > 500),
                          true,
                          "it does not get in");
    Expect("S", "frame 0", {"2900110 frame 0 flooded", "3400110 frame 0 forwarded"});
    ExpectGot(1, {"1 to 3", "1 to 3"});
    ExpectGot(2, {"1 to 3"});
}

void
SwitchTestCase::SwitchLoop()
{
    MakeLoop(true);
    m_network->RunUntil(Seconds(100));
    Expect("P3", "loop", {});
    Expect("P3", "line", {});
    const std::string frames = m_network->Find("D", "frame");
    NS_TEST_EXPECT_MSG_EQ(std::count(frames.begin(), frames.end(), '\n'), 10, "keepalives");
    const std::string filtered = m_network->Find("D", "frame 0 filtered");
    NS_TEST_EXPECT_MSG_EQ(frames, filtered, "all of them filtered");
}

void
SwitchTestCase::HiddenLoop()
{
    Ptr<EthernetSwitch> hub = MakeLoop(false);
    hub->SetPortBlocked(2, true);
    At(25000, [hub] { hub->SetPortBlocked(2, false); });
    m_network->RunUntil(Seconds(24));
    Expect("P3", "loop", {});
    NS_TEST_EXPECT_MSG_EQ(m_keepalive->IsLineUp(), true, "nothing was noticed");
    m_network->RunUntil(MilliSeconds(33100));
    const std::string loop = m_network->Find("P3", "loop");
    NS_TEST_EXPECT_MSG_EQ(loop.substr(0, 5), "33000", "the next keepalive finds it");
    NS_TEST_EXPECT_MSG_EQ(m_keepalive->IsErrDisabled(), true, "err-disabled");
}

void
SwitchTestCase::Clear()
{
    Send(1, 0, '1', '9');
    At(5, [this] { m_switch->ClearTable(); });
    Send(10, 1, '3', '1');
    m_network->RunUntil(MilliSeconds(20));
    Expect("S", "frame 1", {"10110 frame 1 flooded"});
    NS_TEST_EXPECT_MSG_EQ(m_switch->GetTableSize(), 1, "3 alone");
}

/// The suite.
class EthernetSwitchTestSuite : public TestSuite
{
  public:
    EthernetSwitchTestSuite()
        : TestSuite("keepalive-ethernet-switch")
    {
        using S = SwitchTestCase;
        AddTestCase(new S("Unknown is flooded, known is forwarded", &S::Learning));
        AddTestCase(new S("A keepalive lives for one hop", &S::Keepalive));
        AddTestCase(new S("Addresses age", &S::Ageing));
        AddTestCase(new S("Keepalives keep an address young", &S::KeptYoung));
        AddTestCase(new S("Addresses move", &S::Move));
        AddTestCase(new S("Groups", &S::Groups));
        AddTestCase(new S("The switch's own addresses", &S::OwnAddress));
        AddTestCase(new S("A blocked port", &S::Blocked));
        AddTestCase(new S("An err-disabled port", &S::ErrDisabled));
        AddTestCase(new S("A port whose line is down", &S::LineDown));
        AddTestCase(new S("A port whose keepalives go unheard", &S::Unheard));
        AddTestCase(new S("Crash and stall", &S::Power));
        AddTestCase(new S("A full table", &S::FullTable));
        AddTestCase(new S("A full queue", &S::FullQueue));
        AddTestCase(new S("A hub", &S::Hub));
        AddTestCase(new S("A loop of a hub", &S::HubLoop));
        AddTestCase(new S("A loop of a learning switch", &S::SwitchLoop));
        AddTestCase(new S("A loop that the spanning tree hides", &S::HiddenLoop));
        AddTestCase(new S("A cleared table", &S::Clear));
    }
};

EthernetSwitchTestSuite g_ethernetSwitchTestSuite; //!< registers the suite

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
