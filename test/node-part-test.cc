/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief What crashes and hangs with its node: interfaces, applications, anything that is a part.
 *
 * 1. A crash takes the power from the parts, the highest first; a reboot gives it back, the lowest
 *    first.
 * 2. A stall makes all parts hang, and its end brings them back.
 * 3. All parts of a node are found, interfaces below applications, and nothing else is touched.
 * 4. What was added twice crashes once.
 * 5. A failure keeps its parts alive until it is disposed of itself.
 * 6. An interface of this module is a part, and is the same one by whatever name it is added.
 */

#include "ns3/application.h"
#include "ns3/control-plane-stall.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/node-crash.h"
#include "ns3/node-part.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @ingroup keepalive-tests
 * @brief An application that notes what happens to it.
 */
class PuppetApplication : public Application, public NodePart
{
  public:
    /**
     * @brief Make one.
     * @param name what it is called in notes
     * @param notes where it writes them
     */
    PuppetApplication(const std::string& name, std::string* notes)
        : m_name(name),
          m_notes(notes)
    {
    }

    ~PuppetApplication() override
    {
        *m_notes += "~" + m_name + ' ';
    }

    void SetPowered(bool powered) override
    {
        *m_notes += (powered ? '+' : '-') + m_name + ' ';
    }

    void SetControlPlaneStalled(bool stalled) override
    {
        *m_notes += (stalled ? '#' : '=') + m_name + ' ';
    }

  private:
    std::string m_name;   //!< what it is called
    std::string* m_notes; //!< what happened
};

/**
 * @ingroup keepalive-tests
 * @brief An interface that notes what happens to it.
 */
class PuppetDevice : public KeepaliveNetDevice
{
  public:
    /**
     * @brief Make one.
     * @param notes where it writes what happens
     */
    explicit PuppetDevice(std::string* notes)
        : KeepaliveNetDevice("puppet", "Puppet0"),
          m_notes(notes)
    {
    }

    void SetControlPlaneStalled(bool stalled) override
    {
        *m_notes += stalled ? "#device " : "=device ";
    }

    bool Send(Ptr<Packet>, const Address&, uint16_t) override
    {
        return false;
    }

    /**
     * @brief Trace sink.
     * @param powered whether it has power now
     */
    void NotePower(bool powered)
    {
        *m_notes += powered ? "+device " : "-device ";
    }

  private:
    void StartProtocol() override
    {
    }

    void StopProtocol() override
    {
    }

    std::string* m_notes; //!< what happened
};

/**
 * @ingroup keepalive-tests
 * @brief What the tests share: the notes.
 */
class NodePartTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

  protected:
    /**
     * @brief Make a part.
     * @param name what it is called in the notes
     * @return the part
     */
    Ptr<PuppetApplication> Make(const std::string& name)
    {
        return CreateObject<PuppetApplication>(name, &m_notes);
    }

    /**
     * @brief Check what happened since the last check.
     * @param expected the notes
     * @param when what was done
     */
    void Expect(const std::string& expected, const std::string& when)
    {
        NS_TEST_EXPECT_MSG_EQ(m_notes, expected, when);
        m_notes.clear();
    }

    void DoTeardown() override
    {
        Simulator::Destroy();
    }

    std::string m_notes; //!< what happened
};

/**
 * @ingroup keepalive-tests
 * @brief 1, 2, 4. Order.
 */
class OrderTest : public NodePartTestCase
{
  public:
    OrderTest()
        : NodePartTestCase("parts lose power from the top and regain it from the bottom")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<PuppetApplication> low = Make("low");
        Ptr<PuppetApplication> high = Make("high");
        Ptr<NodeCrash> crash = CreateObject<NodeCrash>();
        Ptr<ControlPlaneStall> stall = CreateObject<ControlPlaneStall>();
        for (const auto& part : {low, high, low})
        {
            crash->AddPart(part);
            stall->AddPart(part);
        }
        crash->Fail();
        Expect("-high -low ", "crash");
        crash->Repair();
        Expect("+low +high ", "reboot");
        stall->Fail();
        Expect("#low #high ", "stall");
        stall->Repair();
        Expect("=low =high ", "its end");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3, 6. A whole node.
 */
class WholeNodeTest : public NodePartTestCase
{
  public:
    WholeNodeTest()
        : NodePartTestCase("all parts of a node are found, whatever they are")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<Node> node = CreateObject<Node>();
        node->AddApplication(Make("one"));
        node->AddApplication(CreateObject<Application>());
        node->AddApplication(Make("two"));
        Ptr<PuppetDevice> device = CreateObject<PuppetDevice>(&m_notes);
        device->TraceConnectWithoutContext(
            "Power",
            MakeCallback(&PuppetDevice::NotePower, PeekPointer(device)));
        node->AddDevice(device);
        device->AggregateObject(Make("plug"));
        node->AggregateObject(Make("box"));

        Ptr<NodeCrash> crash = CreateObject<NodeCrash>();
        crash->AddDevice(device);
        crash->AddPartsOf(node);
        crash->Fail();
        Expect("-two -one -box -plug -device ", "crash");
        NS_TEST_EXPECT_MSG_EQ(device->IsPowered(), false, "without power");
        crash->Repair();
        Expect("=device +device +plug +box +one +two ", "a reboot ends a stall");
        NS_TEST_EXPECT_MSG_EQ(device->IsPowered(), true, "with power");

        Ptr<ControlPlaneStall> stall = CreateObject<ControlPlaneStall>();
        stall->AddDevice(device);
        stall->AddPartsOf(node);
        stall->Fail();
        Expect("#device #plug #box #one #two ", "stall");
        stall->Repair();
        Expect("=device =plug =box =one =two ", "its end");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. Lives.
 */
class LifeTest : public NodePartTestCase
{
  public:
    LifeTest()
        : NodePartTestCase("a failure keeps its parts alive until it is disposed of")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<NodeCrash> crash = CreateObject<NodeCrash>();
        Ptr<ControlPlaneStall> stall = CreateObject<ControlPlaneStall>();
        crash->AddPart(Make("crashing"));
        stall->AddPart(Make("hanging"));
        Expect("", "both live");
        crash->Dispose();
        Expect("~crashing ", "let go");
        stall->Dispose();
        Expect("~hanging ", "let go");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class NodePartTestSuite : public TestSuite
{
  public:
    NodePartTestSuite()
        : TestSuite("keepalive-node-part")
    {
        AddTestCase(new OrderTest);
        AddTestCase(new WholeNodeTest);
        AddTestCase(new LifeTest);
    }
};

NodePartTestSuite g_nodePartTestSuite; //!< registers itself

} // namespace
