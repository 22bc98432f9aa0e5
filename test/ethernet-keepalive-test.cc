/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-test-network.h"
#include "hex-bytes.h"

#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/error-model.h"
#include "ns3/simple-channel.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Ethernet keepalives and layer-2 pings on real CsmaNetDevices, to the nanosecond.
 *
 * Keepalives leave at 3 s, 13 s, 23 s and so on and take 100 us; half duplex and 5 retries unless
 * said. Times in expectations are microseconds.
 *
 * Behaviours:
 *  1. what is on the wire is the captured keepalive, every 10 s, of 60 bytes
 *  2. half duplex: heard when it has gone out, not before; behind other traffic, that much later
 *  3. what it notices: its own transmitter, its own receiver and, on half duplex, its own cable
 *     end. Never: a cable that is cut further away, and the peer. A loss of carrier is signalled
 *  4. full duplex: nothing is waited for, nothing counts, the line stays up
 *  5. each verdict rule has its own exact time, and the first keepalive heard brings the line back
 *  6. a keepalive that comes back from outside err-disables the port, whatever Return is: it
 *     neither sends nor hears, and others are not answered
 *  7. after ErrDisableRecovery it tries again, as often as the loop is still there
 *  8. without recovery it takes the operator: shut ends the err-disable, no shut the silence
 *  9. a shut before the recovery leaves nothing to recover
 * 10. without loop detection a returned keepalive is heard, and no more
 * 11. a stalled control plane neither sends nor hears; a recovery waits for its end
 * 12. a crash forgets the err-disable and the pings; the boot starts afresh, and ends a stall
 * 13. shut: silence and refusal, and the simulation ends
 * 14. a change of the configuration starts over, trusting; an interval of zero is silence
 * 15. pings, direct and through several stations, are the captured frames byte by byte
 * 16. a ping that nobody answers is given up in time, and a late answer belongs to nothing
 * 17. what cannot be sent is refused with its reason
 * 18. whatever arrives is answered, ignored or dropped with its reason
 * 19. other devices than CSMA work, and such as were initialized before
 * 20. an upCount takes as many keepalives heard in a row
 */

namespace ns3
{
namespace keepalive
{
namespace tests
{
namespace
{

/// A keepalive's MAC address in hexadecimal text, for the frames below.
const char* const A_HEX = "000000000001";

/// A station A with a keepalive and a station B without, on one cable.
class EthernetTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit EthernetTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        m_network = std::make_unique<EthernetTestNetwork>();
        m_nodes = NodeContainer();
        m_nodes.Create(2);
        m_devices = m_network->Cable(m_nodes);
        m_a = m_network->Watch("A", m_devices.Get(0));
    }

    void DoTeardown() override
    {
        Simulator::Destroy();
        m_a = nullptr;
        m_nodes = NodeContainer();
        m_devices = NetDeviceContainer();
        m_network.reset();
    }

    /**
     * @brief Do something later, as an event of A's node.
     * @param at when
     * @param what what to do
     */
    void At(Time at, std::function<void()> what)
    {
        m_actions.push_back(std::move(what));
        Simulator::ScheduleWithContext(m_nodes.Get(0)->GetId(),
                                       at,
                                       &EthernetTestCase::Act,
                                       this,
                                       m_actions.size() - 1);
    }

    /**
     * @brief Compare a part of A's record.
     * @param what how its lines begin behind the name
     * @param expected lines of time and the rest, without name
     */
    void Expect(const std::string& what, const std::vector<std::string>& expected)
    {
        std::string all;
        for (const auto& line : expected)
        {
            const std::size_t space = line.find(' ');
            all += line.substr(0, space) + " A" + line.substr(space) + "\n";
        }
        NS_TEST_EXPECT_MSG_EQ(m_network->Find("A", what), all, GetName() << ": " << what);
    }

    /**
     * @brief How many lines of A's record begin so.
     * @param what how they begin behind the name
     * @return the number
     */
    int64_t Count(const std::string& what) const
    {
        const std::string found = m_network->Find("A", what);
        return std::count(found.begin(), found.end(), '\n');
    }

    std::unique_ptr<EthernetTestNetwork> m_network; //!< network and record
    NodeContainer m_nodes;                          //!< A and B
    NetDeviceContainer m_devices;                   //!< their devices
    Ptr<EthernetKeepalive> m_a;                     //!< the keepalive of A

  private:
    /**
     * @brief Do what At said.
     * @param i its number
     */
    void Act(std::size_t i)
    {
        m_actions[i]();
    }

    std::vector<std::function<void()>> m_actions; //!< what to do later
};

/// A behaviour as a function.
class FunctionTestCase : public EthernetTestCase
{
  public:
    /// The test, as a member function so that it may use the protected helpers.
    typedef void (FunctionTestCase::*Function)();

    /**
     * @brief Create a case.
     * @param name the behaviour
     * @param function the test
     */
    FunctionTestCase(const std::string& name, Function function)
        : EthernetTestCase(name),
          m_function(function)
    {
    }

    void Wire();            //!< behaviour 1
    void Traffic();         //!< behaviour 2
    void FullDuplex();      //!< behaviour 4
    void Recovery();        //!< behaviour 7
    void Operator();        //!< behaviour 8
    void ShutInRecovery();  //!< behaviour 9
    void NoDetection();     //!< behaviour 10
    void NoDetectionNone(); //!< behaviour 10
    void Stall();           //!< behaviour 11
    void StallRecovery();   //!< behaviour 11
    void Crash();           //!< behaviour 12
    void CrashErrDisable(); //!< behaviour 12
    void Shut();            //!< behaviour 13
    void Reconfigure();     //!< behaviour 14
    void Pings();           //!< behaviour 15
    void PingVia();         //!< behaviour 15
    void PingGivenUp();     //!< behaviour 16
    void PingRefused();     //!< behaviour 17
    void SimpleDevice();    //!< behaviour 19
    void LateAttach();      //!< behaviour 19
    void UpCount();         //!< behaviour 20

  private:
    void DoRun() override
    {
        (this->*m_function)();
    }

    Function m_function; //!< the test
};

void
FunctionTestCase::Wire()
{
    m_devices.Get(0)->SetAddress(Mac48Address("00:19:06:ea:b8:85"));
    m_network->Capture(m_devices.Get(0));
    m_network->RunUntil(Seconds(30));
    // packetlife-Ethernet_keepalives frame 1
    const std::string captured =
        "001906eab885001906eab88590000000" + std::string("01000000") + std::string(80, '0');
    NS_TEST_ASSERT_MSG_EQ(m_network->GetFrames().size(), 3, "keepalives until 30 s");
    for (const auto& frame : m_network->GetFrames())
    {
        NS_TEST_EXPECT_MSG_EQ(frame, captured, "the captured frame");
    }
    Expect("tx", {"3000000 tx 1", "13000000 tx 1", "23000000 tx 1"});
    Expect("rx", {"3000100 rx 1", "13000100 rx 1", "23000100 rx 1"});
    Expect("drop", {});
    Expect("line", {});
    NS_TEST_EXPECT_MSG_EQ(m_a->GetKeepaliveCount(), 0, "the last one was heard");
    NS_TEST_EXPECT_MSG_EQ(m_a->GetMechanism(), std::string("ethernet"), "mechanism");
    NS_TEST_EXPECT_MSG_EQ(m_a->GetCounters().keepalivesSent, 3, "sent");
    NS_TEST_EXPECT_MSG_EQ(m_a->GetCounters().keepalivesHeard, 3, "heard");
}

void
FunctionTestCase::Traffic()
{
    // 1280 bytes on the wire from 2.999 s on take 2 ms; then comes the gap of 12 bytes, 18.75 us.
    m_network->SendAt(Seconds(2.999),
                      m_devices.Get(0),
                      "00:00:00:00:00:01",
                      "00:00:00:00:00:02",
                      std::string(2 * 1262, '0'));
    m_network->RunUntil(Seconds(5));
    Expect("tx", {"3000000 tx 1"});
    Expect("rx", {"3001118.750 rx 1"});
}

void
FunctionTestCase::FullDuplex()
{
    m_a->SetAttribute("Return", EnumValue(EthernetKeepalive::NONE));
    m_a->SetAttribute("KeepaliveRetries", UintegerValue(1));
    m_network->RunUntil(Seconds(1000));
    NS_TEST_EXPECT_MSG_EQ(Count("tx 0"), 100, "keepalives, none of which is waited for");
    Expect("rx", {});
    Expect("line", {});
    NS_TEST_EXPECT_MSG_EQ(m_a->IsLineUp(), true, "the line is up");
    NS_TEST_EXPECT_MSG_EQ(m_a->GetKeepaliveCount(), 0, "nothing is missed");
}

/// Behaviour 3.
class FailureTestCase : public EthernetTestCase
{
  public:
    /// What fails at 25 s, and is mended at 100 s.
    enum class Failure
    {
        TRANSMITTER, //!< A sends nothing
        RECEIVER,    //!< A hears nothing
        OWN_CABLE,   //!< A's cable is pulled
        FAR_CABLE,   //!< B's cable is pulled
        PEER,        //!< B is dead
        LOST_FRAMES, //!< whatever is sent to A arrives damaged
        CARRIER      //!< A's cable has lost its carrier
    };

    /**
     * @brief Create a case.
     * @param name what fails, and what brings keepalives back
     * @param failure what fails
     * @param path what brings keepalives back
     * @param expected the changes of the line
     */
    FailureTestCase(const std::string& name,
                    Failure failure,
                    EthernetKeepalive::Return path,
                    const std::vector<std::string>& expected)
        : EthernetTestCase("What it notices: " + name),
          m_failure(failure),
          m_return(path),
          m_expected(expected)
    {
    }

  private:
    void DoRun() override
    {
        m_a->SetAttribute("Return", EnumValue(m_return));
        At(Seconds(25), [this] { SetWorking(false); });
        At(Seconds(100), [this] { SetWorking(true); });
        m_network->RunUntil(Seconds(200));
        Expect("line", m_expected);
    }

    /**
     * @brief Break it, or mend it.
     * @param working true to mend it
     */
    void SetWorking(bool working)
    {
        Ptr<NetDevice> a = m_devices.Get(0);
        Ptr<NetDevice> b = m_devices.Get(1);
        switch (m_failure)
        {
        case Failure::TRANSMITTER:
            EthernetTestNetwork::ToCsma(a)->SetSendEnable(working);
            break;
        case Failure::RECEIVER:
            EthernetTestNetwork::ToCsma(a)->SetReceiveEnable(working);
            break;
        case Failure::OWN_CABLE:
            EthernetTestNetwork::SetPlugged(a, working);
            break;
        case Failure::FAR_CABLE:
            EthernetTestNetwork::SetPlugged(b, working);
            break;
        case Failure::PEER:
            EthernetTestNetwork::ToCsma(b)->SetSendEnable(working);
            EthernetTestNetwork::ToCsma(b)->SetReceiveEnable(working);
            break;
        case Failure::LOST_FRAMES: {
            Ptr<RateErrorModel> errors = CreateObject<RateErrorModel>();
            errors->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
            errors->SetRate(working ? 0 : 1);
            EthernetTestNetwork::ToCsma(a)->SetReceiveErrorModel(errors);
            break;
        }
        case Failure::CARRIER:
            if (working)
            {
                m_a->RestoreCarrier();
            }
            else
            {
                m_a->DropCarrier();
            }
            break;
        }
    }

    Failure m_failure;                   //!< what fails
    EthernetKeepalive::Return m_return;  //!< what brings keepalives back
    std::vector<std::string> m_expected; //!< changes of the line
};

/// Behaviour 5.
class RuleTestCase : public EthernetTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param rule name of the rule
     * @param retries the retries
     * @param expected the changes of the line
     */
    RuleTestCase(const std::string& rule,
                 uint32_t retries,
                 const std::vector<std::string>& expected)
        : EthernetTestCase("Rule " + rule + " with " + std::to_string(retries) + " retries"),
          m_rule(rule),
          m_retries(retries),
          m_expected(expected)
    {
    }

  private:
    void DoRun() override
    {
        m_a->SetAttribute("VerdictRule", StringValue(m_rule));
        m_a->SetAttribute("KeepaliveRetries", UintegerValue(m_retries));
        At(Seconds(25), [this] { EthernetTestNetwork::SetPlugged(m_devices.Get(0), false); });
        At(Seconds(100), [this] { EthernetTestNetwork::SetPlugged(m_devices.Get(0), true); });
        m_network->RunUntil(Seconds(200));
        Expect("line", m_expected);
        NS_TEST_EXPECT_MSG_EQ(Count("drop no-carrier"), 7, "from 33 s to 93 s");
    }

    std::string m_rule;                  //!< name of the rule
    uint32_t m_retries;                  //!< R
    std::vector<std::string> m_expected; //!< changes of the line
};

/// Behaviour 6.
class LoopTestCase : public EthernetTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name what brings keepalives back
     * @param path the same
     * @param heard keepalives heard on their way out
     */
    LoopTestCase(const std::string& name,
                 EthernetKeepalive::Return path,
                 const std::vector<std::string>& heard)
        : EthernetTestCase("A loop err-disables the port: " + name),
          m_return(path),
          m_heard(heard)
    {
    }

  private:
    void DoRun() override
    {
        m_a->SetAttribute("Return", EnumValue(m_return));
        m_network->Reflect(m_devices.Get(1), Seconds(10), Time::Max());
        // A ping to A before, and one when it is err-disabled.
        const std::string request = std::string("0000 0200 000000000002 0100 0900");
        for (const Time& at : {Seconds(5), Seconds(50)})
        {
            m_network->SendAt(at,
                              m_devices.Get(1),
                              "00:00:00:00:00:02",
                              "00:00:00:00:00:01",
                              request);
        }
        At(Seconds(60), [this] { m_refused = !m_a->Ping(Mac48Address("00:00:00:00:00:02")); });
        m_network->RunUntil(Seconds(1000));
        // Out: 100 us. There: 10 us more. Back: as much again, behind B's wait for the medium.
        std::vector<std::string> rx = m_heard;
        const std::string all = m_network->Find("A", "loop");
        const std::string at = all.substr(0, all.find(' '));
        rx.push_back(at + " rx 0");
        Expect("rx", rx);
        Expect("loop", {at + " loop 60"});
        NS_TEST_EXPECT_MSG_EQ((std::stod(at) > 13000220), true, "not before light could return");
        NS_TEST_EXPECT_MSG_EQ((std::stod(at) < 13100000), true, "within the wait for the medium");
        Expect("err-disable", {at + " err-disable on"});
        Expect("line", {at + " line down err-disabled"});
        NS_TEST_EXPECT_MSG_EQ(Count("tx"), 2, "silence from then on");
        Expect("forward", {"5000110 forward 60"});
        Expect("drop", {"50000110 drop err-disabled", "60000000 drop err-disabled"});
        NS_TEST_EXPECT_MSG_EQ(m_refused, true, "no ping");
        NS_TEST_EXPECT_MSG_EQ(m_a->IsErrDisabled(), true, "for ever");
        NS_TEST_EXPECT_MSG_EQ(m_a->GetCounters().loops, 1, "loops");
        NS_TEST_EXPECT_MSG_EQ(m_a->GetCounters().errDisables, 1, "err-disables");
    }

    EthernetKeepalive::Return m_return; //!< what brings keepalives back
    std::vector<std::string> m_heard;   //!< heard on their way out
    bool m_refused{false};              //!< the ping was not sent
};

void
FunctionTestCase::Recovery()
{
    m_a->SetAttribute("Return", EnumValue(EthernetKeepalive::NONE));
    m_a->SetAttribute("ErrDisableRecovery", TimeValue(Seconds(300)));
    // What A sends to itself comes from B at the very microsecond that the test says.
    const std::string self = "00:00:00:00:00:01";
    for (const double at : {20.0, 330.0})
    {
        m_network->SendAt(Seconds(at), m_devices.Get(1), self, self, "0000 0100 0000");
    }
    m_network->RunUntil(Seconds(700));
    Expect("line",
           {"20000110 line down err-disabled",
            "320000110 line up err-disable-recovered",
            "330000110 line down err-disabled",
            "630000110 line up err-disable-recovered"});
    Expect("err-disable",
           {"20000110 err-disable on",
            "320000110 err-disable off",
            "330000110 err-disable on",
            "630000110 err-disable off"});
    // Afresh means from the start phase on.
    Expect("tx 0",
           {"3000000 tx 0",
            "13000000 tx 0",
            "323000110 tx 0",
            "633000110 tx 0",
            "643000110 tx 0",
            "653000110 tx 0",
            "663000110 tx 0",
            "673000110 tx 0",
            "683000110 tx 0",
            "693000110 tx 0"});
    NS_TEST_EXPECT_MSG_EQ(m_a->GetCounters().errDisables, 2, "err-disables");
}

void
FunctionTestCase::Operator()
{
    const std::string self = "00:00:00:00:00:01";
    m_network->SendAt(Seconds(20), m_devices.Get(1), self, self, "0000 0100 0000");
    At(Seconds(4000), [this] { m_a->NoShutdown(); }); // nothing was shut
    At(Seconds(5000), [this] { m_a->Shutdown(); });
    At(Seconds(5001), [this] { m_a->Shutdown(); }); // once is enough
    At(Seconds(5100), [this] { m_a->NoShutdown(); });
    m_network->RunUntil(Seconds(5110));
    Expect("line", {"20000110 line down err-disabled", "5100000000 line up admin-enabled"});
    Expect("err-disable", {"20000110 err-disable on", "5000000000 err-disable off"});
    Expect("admin", {"5000000000 admin down", "5100000000 admin up"});
    Expect("tx", {"3000000 tx 1", "13000000 tx 1", "5103000000 tx 1"});
}

void
FunctionTestCase::ShutInRecovery()
{
    m_a->SetAttribute("ErrDisableRecovery", TimeValue(Seconds(300)));
    const std::string self = "00:00:00:00:00:01";
    m_network->SendAt(Seconds(20), m_devices.Get(1), self, self, "0000 0100 0000");
    At(Seconds(100), [this] { m_a->Shutdown(); });
    At(Seconds(110), [this] { m_a->NoShutdown(); });
    // A second err-disable lasts as long as the first would have, not until that would have ended.
    m_network->SendAt(Seconds(200), m_devices.Get(1), self, self, "0000 0100 0000");
    m_network->RunUntil(Seconds(600));
    Expect("line",
           {"20000110 line down err-disabled",
            "110000000 line up admin-enabled",
            "200000110 line down err-disabled",
            "500000110 line up err-disable-recovered"});
    Expect("err-disable",
           {"20000110 err-disable on",
            "100000000 err-disable off",
            "200000110 err-disable on",
            "500000110 err-disable off"});
}

void
FunctionTestCase::NoDetection()
{
    m_a->SetAttribute("LoopDetection", BooleanValue(false));
    m_a->SetAttribute("KeepaliveRetries", UintegerValue(2));
    // Pulled, so that nothing is heard on the way out: it is the reflection that counts.
    At(Seconds(5), [this] { EthernetTestNetwork::ToCsma(m_devices.Get(0))->SetSendEnable(false); });
    const std::string self = "00:00:00:00:00:01";
    m_network->SendAt(Seconds(50), m_devices.Get(1), self, self, "0000 0100 0000");
    m_network->RunUntil(Seconds(60));
    Expect("line",
           {"33000000 line down keepalive-unanswered", "50000110 line up keepalive-answered"});
    Expect("rx", {"3000100 rx 1", "50000110 rx 4"});
    Expect("loop", {});
    Expect("err-disable", {});
    NS_TEST_EXPECT_MSG_EQ(m_a->GetCounters().loops, 0, "loops");
}

void
FunctionTestCase::NoDetectionNone()
{
    m_a->SetAttribute("LoopDetection", BooleanValue(false));
    m_a->SetAttribute("Return", EnumValue(EthernetKeepalive::NONE));
    m_network->Reflect(m_devices.Get(1), Seconds(0), Seconds(20));
    m_network->RunUntil(Seconds(60));
    NS_TEST_EXPECT_MSG_EQ(Count("rx 0"), 2, "heard by way of the loop");
    Expect("line", {});
}

void
FunctionTestCase::Stall()
{
    At(Seconds(20), [this] { m_a->SetControlPlaneStalled(true); });
    At(Seconds(60), [this] { m_a->SetControlPlaneStalled(false); });
    const std::string self = "00:00:00:00:00:01";
    const std::string b = "00:00:00:00:00:02";
    m_network->SendAt(Seconds(30), m_devices.Get(1), self, self, "0000 0100 0000");
    m_network->SendAt(Seconds(40), m_devices.Get(1), b, self, "0000 0200 000000000002 0100 0900");
    m_network->RunUntil(Seconds(70));
    Expect("tx", {"3000000 tx 1", "13000000 tx 1", "63000000 tx 1"});
    Expect("rx", {"3000100 rx 1", "13000100 rx 1", "63000100 rx 1"});
    Expect("drop", {"30000110 drop stalled", "40000110 drop stalled"});
    Expect("line", {});
    Expect("loop", {});
    Expect("forward", {});
}

void
FunctionTestCase::StallRecovery()
{
    m_a->SetAttribute("ErrDisableRecovery", TimeValue(Seconds(30)));
    const std::string self = "00:00:00:00:00:01";
    m_network->SendAt(Seconds(20), m_devices.Get(1), self, self, "0000 0100 0000");
    At(Seconds(40), [this] { m_a->SetControlPlaneStalled(true); });
    At(Seconds(90), [this] { m_a->SetControlPlaneStalled(false); });
    m_network->RunUntil(Seconds(100));
    Expect("line", {"20000110 line down err-disabled", "90000000 line up err-disable-recovered"});
    Expect("tx", {"3000000 tx 1", "13000000 tx 1", "93000000 tx 1"});
}

void
FunctionTestCase::Crash()
{
    Ptr<EthernetKeepalive> b = m_network->Watch("B", m_devices.Get(1));
    At(Seconds(15), [this] { m_a->SetControlPlaneStalled(true); });
    // The answer to this ping comes 210 us later, and finds the node dead.
    At(Seconds(9), [this] { m_a->Ping(Mac48Address("00:00:00:00:00:02")); });
    At(MicroSeconds(9000100), [this] { m_a->SetPowered(false); });
    At(MicroSeconds(9000100), [this] { m_a->SetPowered(false); });
    At(Seconds(25), [this] { m_a->SetPowered(true); });
    At(Seconds(26), [this] { m_a->Ping(Mac48Address("00:00:00:00:00:02")); });
    m_network->RunUntil(Seconds(30));
    Expect("line", {"9000100 line down node-crashed", "25000000 line up node-booted"});
    Expect("tx", {"3000000 tx 1", "28000000 tx 1"});
    NS_TEST_EXPECT_MSG_EQ(Count("drop admin-down"), 1, "the answer of the first ping");
    NS_TEST_EXPECT_MSG_EQ(Count("ping 1 answered"), 1, "numbers begin anew, the stall is over");
    NS_TEST_EXPECT_MSG_EQ(Count("ping"), 1, "nothing is left of the first ping");
    NS_TEST_EXPECT_MSG_EQ(m_network->Find("B", "line"), "", "B notices nothing");
}

void
FunctionTestCase::CrashErrDisable()
{
    m_a->SetAttribute("ErrDisableRecovery", TimeValue(Seconds(30)));
    const std::string self = "00:00:00:00:00:01";
    m_network->SendAt(Seconds(20), m_devices.Get(1), self, self, "0000 0100 0000");
    At(Seconds(30), [this] { m_a->SetPowered(false); });
    At(Seconds(80), [this] { m_a->SetPowered(true); });
    m_network->RunUntil(Seconds(84));
    Expect("line", {"20000110 line down err-disabled", "80000000 line up node-booted"});
    Expect("err-disable", {"20000110 err-disable on", "30000000 err-disable off"});
    Expect("tx", {"3000000 tx 1", "13000000 tx 1", "83000000 tx 1"});
}

void
FunctionTestCase::Shut()
{
    At(Seconds(15), [this] { m_a->Shutdown(); });
    const std::string self = "00:00:00:00:00:01";
    m_network->SendAt(Seconds(30), m_devices.Get(1), self, self, "0000 0100 0000");
    Simulator::Run(); // it comes to an end by itself
    NS_TEST_EXPECT_MSG_EQ((Simulator::Now() < Seconds(31)), true, "nothing is left to do");
    Expect("line", {"15000000 line down admin-shutdown"});
    Expect("drop", {"30000110 drop admin-down"});
    Expect("loop", {});
    NS_TEST_EXPECT_MSG_EQ(m_a->IsAdminUp(), false, "shut");

    // After its end nobody hears of it any more, whoever still acts.
    m_a->NoShutdown();
    NS_TEST_EXPECT_MSG_EQ(m_a->IsLineUp(), true, "enabled");
    const std::string before = m_network->Find("A", "line");
    const Ptr<EthernetKeepalive> a = m_a;
    m_devices.Get(0)->Dispose();
    a->DropCarrier();
    a->RestoreCarrier();
    a->SetPowered(false);
    a->SetPowered(true);
    a->Shutdown();
    NS_TEST_EXPECT_MSG_EQ(m_network->Find("A", "line"), before, "nobody hears of it");
}

void
FunctionTestCase::Reconfigure()
{
    m_a->SetKeepalive(Seconds(10), 1);
    At(Seconds(15), [this] { EthernetTestNetwork::SetPlugged(m_devices.Get(0), false); });
    // Down at 33 s.
    At(Seconds(40), [this] { m_a->SetKeepalive(Seconds(20), 2); });
    // From 46 s on, down at 86 s.
    At(Seconds(90), [this] { m_a->SetKeepalive(Seconds(0), 2); });
    m_network->RunUntil(Seconds(500));
    Expect("line",
           {"33000000 line down keepalive-unanswered",
            "40000000 line up keepalive-reconfigured",
            "86000000 line down keepalive-unanswered",
            "90000000 line up keepalive-reconfigured"});
    Expect("tx",
           {"3000000 tx 1",
            "13000000 tx 1",
            "23000000 tx 1",
            "33000000 tx 2",
            "46000000 tx 1",
            "66000000 tx 2",
            "86000000 tx 3"});
    NS_TEST_EXPECT_MSG_EQ(m_a->GetKeepalive().retries, 2, "what was configured");
}

void
FunctionTestCase::Pings()
{
    // tcpdump's tests/loopback.pcap, frames 1 and 2.
    m_devices.Get(0)->SetAddress(Mac48Address("aa:00:04:00:1d:04"));
    m_devices.Get(1)->SetAddress(Mac48Address("aa:00:04:00:69:04"));
    m_a->SetKeepalive(Seconds(0), 1);
    m_network->Watch("B", m_devices.Get(1))->SetKeepalive(Seconds(0), 1);
    m_network->Capture(m_devices.Get(0));
    m_network->Capture(m_devices.Get(1));
    At(Seconds(1), [this] { m_a->Ping(Mac48Address("aa:00:04:00:69:04")); });
    At(Seconds(2), [this] { m_a->Ping(Mac48Address("aa:00:04:00:69:04"), 0); });
    m_network->RunUntil(Seconds(3));
    const std::string data = std::string("0100 0100") + std::string(80, '5');
    const std::vector<std::string> captured = {
        ToHex(ToBytes("aa0004006904 aa0004001d04 9000 0000 0200 aa0004001d04" + data)),
        ToHex(ToBytes("aa0004001d04 aa0004006904 9000 0800 0200 aa0004001d04" + data))};
    NS_TEST_ASSERT_MSG_EQ(m_network->GetFrames().size(), 4, "two pings");
    NS_TEST_EXPECT_MSG_EQ(m_network->GetFrames()[0], captured[0], "request");
    NS_TEST_EXPECT_MSG_EQ(m_network->GetFrames()[1], captured[1], "reply");
    // Without data a ping is padded to the smallest frame, and comes back as long as it went.
    NS_TEST_EXPECT_MSG_EQ(m_network->GetFrames()[2],
                          ToHex(ToBytes("aa0004006904 aa0004001d04 9000 0000 0200 aa0004001d04" +
                                        std::string("0100 0200") + std::string(64, '0'))),
                          "request without data");
    // 68 bytes and 4 of FCS take 112.5 us; the channel is idle again when the frame has arrived,
    // and an instant before, so that B sees it busy and waits for a random time.
    NS_TEST_EXPECT_MSG_EQ(Count("ping 1 answered"), 1, "the first ping");
    NS_TEST_EXPECT_MSG_EQ(Count("ping 2 answered"), 1, "the second ping");
    NS_TEST_EXPECT_MSG_EQ(Count("ping"), 2, "no more");
    const std::string found = m_network->Find("A", "ping 1");
    const double roundTrip = std::stod(found.substr(found.rfind(' ') + 1));
    const double when = std::stod(found);
    NS_TEST_EXPECT_MSG_EQ_TOL(roundTrip, when - 1000000, 0.0001, "since it was sent");
    NS_TEST_EXPECT_MSG_EQ((roundTrip >= 245), true, "two frames and two delays");
    NS_TEST_EXPECT_MSG_EQ((m_network->Find("B", "forward").find("forward 68") != std::string::npos),
                          true,
                          "B says so");
}

void
FunctionTestCase::PingVia()
{
    // tcpdump's tests/loopback.pcap, frames 3 to 6: a medium of three.
    DoTeardown();
    m_network = std::make_unique<EthernetTestNetwork>();
    m_nodes.Create(3);
    m_devices = m_network->Cable(m_nodes);
    const std::vector<std::string> addresses = {"aa:00:04:00:1d:04",
                                                "aa:00:04:00:69:04",
                                                "aa:00:04:00:6a:04"};
    const std::vector<std::string> names = {"A", "B", "C"};
    for (uint32_t i = 0; i < 3; i++)
    {
        m_devices.Get(i)->SetAddress(Mac48Address(addresses[i].c_str()));
        Ptr<EthernetKeepalive> station = m_network->Watch(names[i], m_devices.Get(i));
        station->SetKeepalive(Seconds(0), 1);
        m_network->Capture(m_devices.Get(i));
        m_a = i == 0 ? station : m_a;
    }
    const Mac48Address b(addresses[1].c_str());
    const Mac48Address c(addresses[2].c_str());
    At(Seconds(1), [this, b] { m_a->Ping(b); });
    At(Seconds(2), [this, b, c] { m_a->PingVia({b, c, b}); });
    m_network->RunUntil(Seconds(3));
    const std::string rest =
        "0200 aa0004006a04 0200 aa0004006904 0200 aa0004001d04 0100 0200" + std::string(80, '5');
    const std::vector<std::string> captured = {"aa0004006904 aa0004001d04 9000 0000" + rest,
                                               "aa0004006a04 aa0004006904 9000 0800" + rest,
                                               "aa0004006904 aa0004006a04 9000 1000" + rest,
                                               "aa0004001d04 aa0004006904 9000 1800" + rest};
    NS_TEST_ASSERT_MSG_EQ(m_network->GetFrames().size(), 6, "two frames, then four");
    for (std::size_t i = 0; i < captured.size(); i++)
    {
        NS_TEST_EXPECT_MSG_EQ(m_network->GetFrames()[i + 2],
                              ToHex(ToBytes(captured[i])),
                              "frame " << i + 3 << " of the capture");
    }
    NS_TEST_EXPECT_MSG_EQ(Count("ping 2 answered"), 1, "answered");
    NS_TEST_EXPECT_MSG_EQ(m_network->Find("", "drop"), "", "nobody else takes part");
}

void
FunctionTestCase::PingGivenUp()
{
    const std::string self = "00:00:00:00:00:01";
    const std::string b = "00:00:00:00:00:02";
    m_a->SetAttribute("PingTimeout", TimeValue(MilliSeconds(500)));
    At(Seconds(1), [this] { m_a->Ping(Mac48Address("00:00:00:00:00:02")); });
    At(Seconds(1), [this] { m_a->Ping(Mac48Address("00:00:00:00:00:02")); });
    // B answers neither. The test does: to the second in time, to the first too late.
    m_network->SendAt(Seconds(1.2), m_devices.Get(1), b, self, "0000 0100 0200");
    m_network->SendAt(Seconds(1.3), m_devices.Get(1), b, self, "0000 0100 0200");
    m_network->SendAt(Seconds(1.7), m_devices.Get(1), b, self, "0000 0100 0100");
    m_network->RunUntil(Seconds(2));
    Expect("ping", {"1200110 ping 2 answered 200110", "1500000 ping 1 given up 500000"});
    Expect("drop", {"1300110 drop bad-identifier", "1700110 drop bad-identifier"});
}

void
FunctionTestCase::PingRefused()
{
    const Mac48Address b("00:00:00:00:00:02");
    std::vector<bool> sent;
    const auto ping = [this, &sent, b](uint32_t size) {
        sent.push_back(m_a->Ping(b, size).has_value());
    };
    // 1500 bytes less skip count, Forward Data and Reply are 1486.
    At(Seconds(1), [ping] { ping(1486); });
    At(Seconds(2), [ping] { ping(1487); });
    At(Seconds(3.5), [ping, this] {
        m_a->SetControlPlaneStalled(true);
        ping(40);
        m_a->SetControlPlaneStalled(false);
    });
    At(Seconds(4), [ping, this] {
        m_a->DropCarrier();
        m_a->DropCarrier();
        m_a->RestoreCarrier();
        ping(40); // one loss of carrier is left
        m_a->RestoreCarrier();
    });
    At(Seconds(5), [ping, this] {
        m_a->Shutdown();
        ping(40);
    });
    m_network->RunUntil(Seconds(10));
    NS_TEST_EXPECT_MSG_EQ((sent == std::vector<bool>{true, false, false, false, false}),
                          true,
                          "the first one only");
    Expect("ping", {"3000000 ping 1 given up 2000000"});
    Expect("drop",
           {"2000000 drop too-big",
            "3500000 drop stalled",
            "4000000 drop no-carrier",
            "5000000 drop admin-down"});
    Expect("line",
           {"4000000 line down carrier-lost",
            "4000000 line up carrier-restored",
            "5000000 line down admin-shutdown"});
}

/// Behaviour 18.
class ArrivalTestCase : public EthernetTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name what arrives
     * @param destination its destination address
     * @param hex its payload, before padding
     * @param expected what A records, without time
     * @param answer what A sends, without padding; empty for nothing
     */
    ArrivalTestCase(const std::string& name,
                    const std::string& destination,
                    const std::string& hex,
                    const std::string& expected,
                    const std::string& answer)
        : EthernetTestCase("Arrival: " + name),
          m_destination(destination),
          m_hex(hex),
          m_expected(expected),
          m_answer(answer)
    {
    }

  private:
    void DoRun() override
    {
        m_network->Capture(m_devices.Get(0));
        m_network->SendAt(Seconds(1), m_devices.Get(1), "00:00:00:00:00:02", m_destination, m_hex);
        m_network->RunUntil(Seconds(2));
        if (m_expected.empty())
        {
            Expect("", {});
        }
        else
        {
            Expect("", {"1000110 " + m_expected});
        }
        NS_TEST_ASSERT_MSG_EQ(m_network->GetFrames().size(),
                              (m_answer.empty() ? 0 : 1),
                              "frames sent by A");
        if (!m_answer.empty())
        {
            std::string expected = ToHex(ToBytes(m_answer));
            expected.append(120 - expected.size(), '0');
            NS_TEST_EXPECT_MSG_EQ(m_network->GetFrames()[0], expected, "what A sends");
        }
        NS_TEST_EXPECT_MSG_EQ(m_a->IsLineUp(), true, "the line is none the worse for it");
    }

    std::string m_destination; //!< destination address
    std::string m_hex;         //!< payload
    std::string m_expected;    //!< what A records
    std::string m_answer;      //!< what A sends
};

void
FunctionTestCase::SimpleDevice()
{
    DoTeardown();
    m_network = std::make_unique<EthernetTestNetwork>();
    m_nodes.Create(2);
    Ptr<SimpleChannel> channel = CreateObject<SimpleChannel>();
    for (uint32_t i = 0; i < 2; i++)
    {
        Ptr<SimpleNetDevice> device = CreateObject<SimpleNetDevice>();
        device->SetAddress(Mac48Address(i == 0 ? "00:00:00:00:00:01" : "00:00:00:00:00:02"));
        device->SetChannel(channel);
        m_nodes.Get(i)->AddDevice(device);
        m_devices.Add(device);
    }
    m_a = m_network->Watch("A", m_devices.Get(0));
    m_network->Watch("B", m_devices.Get(1))->SetKeepalive(Seconds(0), 1);
    At(Seconds(5), [this] { m_a->Ping(Mac48Address("00:00:00:00:00:02")); });
    m_network->Reflect(m_devices.Get(1), Seconds(10), Time::Max());
    m_network->RunUntil(Seconds(30));
    Expect("",
           {"3000000 tx 1",
            "3000000 rx 1", // believed when the device took it
            "5000000 ping 1 answered 0",
            "13000000 tx 1",
            "13000000 rx 1",
            "13000000 rx 0",
            "13000000 loop 60",
            "13000000 err-disable on",
            "13000000 line down err-disabled"});
}

void
FunctionTestCase::LateAttach()
{
    At(Seconds(7), [this] { m_network->Watch("B", m_devices.Get(1)); });
    m_network->RunUntil(Seconds(15));
    NS_TEST_EXPECT_MSG_EQ(m_network->Find("B", ""),
                          "10000000 B tx 1\n10000100 B rx 1\n",
                          "it begins at once");
    NS_TEST_EXPECT_MSG_EQ((EthernetTestNetwork::ToCsma(m_devices.Get(1))
                               ->GetObject<EthernetKeepalive>()
                               ->GetDevice() == m_devices.Get(1)),
                          true,
                          "it belongs to the device");
}

void
FunctionTestCase::UpCount()
{
    m_a->SetAttribute("KeepaliveUpCount", UintegerValue(3));
    m_a->SetAttribute("KeepaliveRetries", UintegerValue(2));
    At(Seconds(5), [this] { EthernetTestNetwork::SetPlugged(m_devices.Get(0), false); });
    At(Seconds(60), [this] { EthernetTestNetwork::SetPlugged(m_devices.Get(0), true); });
    m_network->RunUntil(Seconds(100));
    Expect("line",
           {"33000000 line down keepalive-unanswered", "83000100 line up keepalive-answered"});
}

/// The suite.
class EthernetKeepaliveTestSuite : public TestSuite
{
  public:
    EthernetKeepaliveTestSuite()
        : TestSuite("keepalive-ethernet-keepalive")
    {
        using F = FunctionTestCase;
        AddTestCase(new F("The captured keepalive, heard when it has gone out", &F::Wire));
        AddTestCase(new F("Behind other traffic it is heard later", &F::Traffic));
        AddFailures();
        AddTestCase(new F("Full duplex: nothing counts", &F::FullDuplex));

        const std::string up = "103000100 line up keepalive-answered";
        const std::string down = " line down keepalive-unanswered";
        AddTestCase(new RuleTestCase("Cisco", 5, {"83000000" + down, up}));
        AddTestCase(new RuleTestCase("Cisco", 1, {"43000000" + down, up}));
        AddTestCase(new RuleTestCase("HuaweiSend", 5, {"73000000" + down, up}));
        AddTestCase(new RuleTestCase("HuaweiExpiry", 5, {"83000000" + down, up}));
        AddTestCase(new RuleTestCase("HoldTime", 5, {"73000100 line down hold-time-expired", up}));

        AddTestCase(new LoopTestCase("half duplex",
                                     EthernetKeepalive::HALF_DUPLEX_MEDIUM,
                                     {"3000100 rx 1", "13000100 rx 1"}));
        AddTestCase(new LoopTestCase("controller loopback",
                                     EthernetKeepalive::CONTROLLER_LOOPBACK,
                                     {"3000000 rx 1", "13000000 rx 1"}));
        AddTestCase(new LoopTestCase("full duplex", EthernetKeepalive::NONE, {}));
        AddTestCase(new F("Recovery tries again while the loop lasts", &F::Recovery));
        AddTestCase(new F("Without recovery it takes the operator", &F::Operator));
        AddTestCase(new F("A shut before the recovery leaves none", &F::ShutInRecovery));
        AddTestCase(new F("Without loop detection a loop is an answer", &F::NoDetection));
        AddTestCase(new F("Without loop detection, on full duplex", &F::NoDetectionNone));
        AddTestCase(new F("A stall: neither sent nor heard", &F::Stall));
        AddTestCase(new F("A recovery waits for the end of a stall", &F::StallRecovery));
        AddTestCase(new F("A crash forgets, a boot starts afresh", &F::Crash));
        AddTestCase(new F("A crash forgets the err-disable", &F::CrashErrDisable));
        AddTestCase(new F("Shut: silence", &F::Shut));
        AddTestCase(new F("A new configuration starts over", &F::Reconfigure));
        AddTestCase(new F("Pings are the captured frames", &F::Pings));
        AddTestCase(new F("Pings through several stations are, too", &F::PingVia));
        AddTestCase(new F("Pings are given up", &F::PingGivenUp));
        AddTestCase(new F("Pings that cannot be sent", &F::PingRefused));
        AddArrivals();
        AddTestCase(new F("A SimpleNetDevice", &F::SimpleDevice));
        AddTestCase(new F("A device that works already", &F::LateAttach));
        AddTestCase(new F("Three heard in a row", &F::UpCount));
    }

  private:
    /// Behaviour 3.
    void AddFailures()
    {
        using Case = FailureTestCase;
        using Failure = Case::Failure;
        const auto half = EthernetKeepalive::HALF_DUPLEX_MEDIUM;
        const auto controller = EthernetKeepalive::CONTROLLER_LOOPBACK;
        const auto none = EthernetKeepalive::NONE;
        const std::string down = "83000000 line down keepalive-unanswered";
        const std::vector<std::string> medium = {down, "103000100 line up keepalive-answered"};
        const std::vector<std::string> adapter = {down, "103000000 line up keepalive-answered"};
        const std::vector<std::string> carrier = {"25000000 line down carrier-lost",
                                                  "100000000 line up carrier-restored"};
        AddTestCase(new Case("transmitter, half duplex", Failure::TRANSMITTER, half, medium));
        AddTestCase(new Case("transmitter, controller", Failure::TRANSMITTER, controller, adapter));
        AddTestCase(new Case("transmitter, full duplex", Failure::TRANSMITTER, none, {}));
        AddTestCase(new Case("receiver, half duplex", Failure::RECEIVER, half, medium));
        AddTestCase(new Case("receiver, controller", Failure::RECEIVER, controller, adapter));
        AddTestCase(new Case("receiver, full duplex", Failure::RECEIVER, none, {}));
        AddTestCase(new Case("own cable, half duplex", Failure::OWN_CABLE, half, medium));
        AddTestCase(new Case("own cable, controller", Failure::OWN_CABLE, controller, {}));
        AddTestCase(new Case("own cable, full duplex", Failure::OWN_CABLE, none, {}));
        for (const auto path : {half, controller, none})
        {
            const std::string with = ", Return " + std::to_string(path);
            AddTestCase(new Case("the far cable" + with, Failure::FAR_CABLE, path, {}));
            AddTestCase(new Case("the peer" + with, Failure::PEER, path, {}));
            AddTestCase(new Case("lost frames" + with, Failure::LOST_FRAMES, path, {}));
            AddTestCase(new Case("the carrier" + with, Failure::CARRIER, path, carrier));
        }
    }

    /// Behaviour 18.
    void AddArrivals()
    {
        const std::string a = "00:00:00:00:00:01";
        const std::string assistance = "cf:00:00:00:00:00";
        const std::string mac = std::string("000000000003") + A_HEX + "9000";
        const std::string toThree = "0200 000000000003 ";
        const std::string forward = "forward 60";
        const auto add = [this](const std::string& name,
                                const std::string& destination,
                                const std::string& hex,
                                const std::string& expected,
                                const std::string& answer) {
            AddTestCase(new ArrivalTestCase(name, destination, hex, expected, answer));
        };
        add("a request",
            a,
            "0000" + toThree + "0100 0500 77",
            forward,
            mac + "0800" + toThree + "0100 0500 77");
        add("a request to the assistance group",
            assistance,
            "0000" + toThree + "0100 0500",
            forward,
            mac + "0800" + toThree + "0100 0500");
        add("a request on its second hop",
            a,
            "0800 ffffffffffffffff" + toThree + "0100 0500",
            forward,
            mac + "1000 ffffffffffffffff" + toThree + "0100 0500");
        add("a request of which the rest is nonsense",
            a,
            "0000" + toThree + "0900 0500",
            forward,
            mac + "0800" + toThree + "0900 0500");
        add("a request for a broadcast",
            a,
            "0000 0200 ffffffffffff 0100 0500",
            "drop bad-address",
            "");
        add("a request for a group", a, "0000 0200 cf0000000000 0100 0500", "drop bad-address", "");
        add("a Reply that nobody waits for", a, "0000 0100 0500", "drop bad-identifier", "");
        add("a Reply with the number of keepalives",
            a,
            "0000 0100 0000",
            "drop bad-identifier",
            "");
        add("a Reply to the assistance group",
            assistance,
            "0000 0100 0500",
            "drop bad-address",
            "");
        add("an unknown function", a, "0000 0300 0000", "drop unknown-message", "");
        add("only padding", a, "00", "drop unknown-message", "");
        add("an odd skip count", a, "0100 0100 0000", "drop bad-length", "");
        add("a skip count beyond the frame", a, "3000 0100 0000", "drop bad-length", "");
        add("a message cut short by the frame's end",
            a,
            "2800" + std::string(80, '0') + "0200 0000",
            "drop truncated",
            "");
        add("a frame for another station",
            "00:00:00:00:00:07",
            "0000" + toThree + "0100 0500",
            "",
            "");
        add("a broadcast", "ff:ff:ff:ff:ff:ff", "0000" + toThree + "0100 0500", "", "");
        add("nonsense for another station", "00:00:00:00:00:07", "0000 0300 0000", "", "");
    }
};

EthernetKeepaliveTestSuite g_ethernetKeepaliveTestSuite; //!< registers the suite

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
