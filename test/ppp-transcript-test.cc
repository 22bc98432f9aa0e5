/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/console-transcript.h"
#include "ns3/failure-helper.h"
#include "ns3/failure-injector.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ppp-console.h"
#include "ns3/ppp-net-device.h"
#include "ns3/serial-helper.h"
#include "ns3/serial-wire.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iomanip>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Consoles of PPP interfaces: what real routers printed, printed again.
 *
 * Behaviours:
 *  1. the published transcript of `debug ppp packet`: both lines, and their time within half a
 *     second; the same on the wire; a router without keepalives answers, and never asks
 *  2. the echoes of a published lab, five lines to the millisecond
 *  3. a whole negotiation, from a line that is cut to a shutdown, as both routers see it
 *  4. an end that gives up on its peer: from the fifth request without an answer to the new link
 *  5. Naks and rejects of every kind; the options in words; packets that this model does not send;
 *     termination by a rule, a shutdown, a crash, a lost carrier
 *  6. each switch is for its own lines
 *  7. `show interfaces serial`
 *  8. nothing is printed when the simulation is taken down
 */

namespace ns3
{
namespace keepalive
{
namespace
{

constexpr int64_t STREAM = 9400; //!< streams of this file

/// Attributes of an end, as text.
using Attributes = std::map<std::string, std::string>;

/**
 * @brief A random variable that is none.
 * @param value its value
 * @return the attribute
 */
std::string
Constant(const std::string& value)
{
    return "ns3::ConstantRandomVariable[Constant=" + value + "]";
}

/**
 * @brief Read a time stamp.
 * @param text HH:MM:SS.mmm
 * @return seconds since midnight
 */
double
ReadTimestamp(const std::string& text)
{
    return std::stod(text.substr(0, 2)) * 3600 + std::stod(text.substr(3, 2)) * 60 +
           std::stod(text.substr(6));
}

/**
 * @ingroup keepalive-tests
 * @brief Two routers, R1 and R2, on a PPP line of 64 kb/s, and what their consoles print.
 *
 * Keepalives are sent 1.05 s after the link opened, and every 10 s from then on.
 */
class PppTranscriptTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit PppTranscriptTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    /**
     * @brief Build it.
     * @param r1 attributes of the end at R1
     * @param r2 attributes of the end at R2
     */
    void Build(const Attributes& r1, const Attributes& r2)
    {
        m_transcript = std::make_unique<ConsoleTranscript>();
        m_told.str("");
        m_transcript->AddStream(m_told);
        m_wire.clear();
        m_debug = PppConsole::Debug();
        NodeContainer nodes;
        nodes.Create(2);
        InternetStackHelper().Install(nodes);
        SerialHelper serial("ns3::keepalive::PppNetDevice");
        Ptr<SerialChannel> line = serial.CreateChannel();
        m_ends = NetDeviceContainer();
        for (const Attributes& own : {r1, r2})
        {
            Attributes attributes = {{"DataRate", "64kb/s"},
                                     {"KeepaliveStartPhase", Constant("0.105")},
                                     {"KeepaliveJitter", Constant("1")},
                                     {"MagicNumber", m_ends.GetN() == 0 ? "17" : "34"}};
            for (const auto& [name, value] : own)
            {
                attributes[name] = value;
            }
            SerialHelper end = serial;
            for (const auto& [name, value] : attributes)
            {
                end.SetDeviceAttribute(name, StringValue(value));
            }
            m_ends.Add(end.InstallEnd(nodes.Get(m_ends.GetN()), line));
        }
        serial.AssignStreams(m_ends, STREAM);
        m_r1 = DynamicCast<PppNetDevice>(m_ends.Get(0));
        m_r2 = DynamicCast<PppNetDevice>(m_ends.Get(1));
        m_r1->TraceConnectWithoutContext("PromiscSniffer",
                                         MakeCallback(&PppTranscriptTestCase::Sniff, this));
        m_injector = CreateObject<FailureInjector>();
        m_transcript->Watch(m_injector);
    }

    /// Give R1 and R2 the addresses 10.0.0.1/8 and 10.0.0.2/8.
    void AssignAddresses()
    {
        Ipv4AddressHelper("10.0.0.0", "255.0.0.0").Assign(m_ends);
    }

    /**
     * @brief Run from the beginning to a time, and forget everything afterwards.
     * @param stop the time
     * @param show print "show interfaces" at the end
     */
    void Run(Time stop, bool show = false)
    {
        PppConsole console(*m_transcript, m_debug);
        console.Watch(m_r1, "R1");
        console.Watch(m_r2, "R2");
        Simulator::Stop(stop);
        Simulator::Run();
        if (show)
        {
            m_told.str("");
            console.ShowInterfaces();
        }
        const std::string before = m_told.str();
        m_r1 = nullptr;
        m_r2 = nullptr;
        m_ends = NetDeviceContainer();
        m_injector = nullptr;
        Simulator::Destroy();
        NS_TEST_EXPECT_MSG_EQ(m_told.str().substr(before.size()), "", "nothing is said at the end");
    }

    /**
     * @brief What a router printed.
     * @param router its name
     * @param part what its lines must contain
     * @return its lines without its name
     */
    std::vector<std::string> GetLines(const std::string& router, const std::string& part = "") const
    {
        std::vector<std::string> lines;
        std::istringstream in(m_told.str());
        std::string line;
        while (std::getline(in, line))
        {
            if (line.rfind(router + ": ", 0) == 0 && line.find(part) != std::string::npos)
            {
                lines.push_back(line.substr(router.size() + 2));
            }
        }
        return lines;
    }

    /**
     * @brief Compare what a router printed.
     * @param router its name
     * @param from time from which on to compare
     * @param to time until which to compare
     * @param expected its lines between these
     */
    void Compare(const std::string& router,
                 const std::string& from,
                 const std::string& to,
                 const std::vector<std::string>& expected)
    {
        std::vector<std::string> lines = GetLines(router);
        lines.erase(std::lower_bound(lines.begin(), lines.end(), to), lines.end());
        lines.erase(lines.begin(), std::lower_bound(lines.begin(), lines.end(), from));
        for (std::size_t i = 0; i < std::max(lines.size(), expected.size()); i++)
        {
            NS_TEST_EXPECT_MSG_EQ((i < lines.size() ? lines[i] : ""),
                                  (i < expected.size() ? expected[i] : ""),
                                  "line " << i << " of " << router);
        }
    }

    /**
     * @brief Expect that a router printed some lines, one right after the other.
     * @param router its name
     * @param expected the lines without their times
     */
    void Expect(const std::string& router, const std::vector<std::string>& expected)
    {
        std::vector<std::string> texts;
        std::string all;
        for (const std::string& line : GetLines(router))
        {
            texts.push_back(line.substr(14));
            all += line + "\n";
        }
        const auto at = std::search(texts.begin(), texts.end(), expected.begin(), expected.end());
        NS_TEST_EXPECT_MSG_EQ((at != texts.end()),
                              true,
                              router << " does not say " << expected.front() << " and so on, but\n"
                                     << all);
    }

    /**
     * @brief A frame that R1 sends or receives.
     * @param frame the frame
     */
    void Sniff(Ptr<const Packet> frame)
    {
        std::vector<uint8_t> bytes(frame->GetSize());
        frame->CopyData(bytes.data(), frame->GetSize());
        std::ostringstream hex;
        hex << std::hex << std::setfill('0');
        for (const uint8_t byte : bytes)
        {
            hex << std::setw(2) << +byte;
        }
        m_wire.push_back(hex.str());
    }

    std::unique_ptr<ConsoleTranscript> m_transcript; //!< where they print
    std::ostringstream m_told;                       //!< what was printed
    PppConsole::Debug m_debug;                       //!< what is switched on
    NetDeviceContainer m_ends;                       //!< both
    Ptr<PppNetDevice> m_r1;                          //!< end at R1
    Ptr<PppNetDevice> m_r2;                          //!< end at R2
    Ptr<FailureInjector> m_injector;                 //!< failures
    std::vector<std::string> m_wire;                 //!< frames at R1, as hexadecimal text
};

// ---- 1. the published transcript ----

/// One line of a console.
struct ConsoleLine
{
    const char* time; //!< its time stamp
    const char* text; //!< what follows
};

/// The published transcript.
const std::vector<ConsoleLine> PUBLISHED = {
    {"17:00:11.412", "Se0/0/0 LCP-FS: I ECHOREQ [Open] id 32 len 12 magic 0x4234E325"},
    {"17:00:11.412", "Se0/0/0 LCP-FS: O ECHOREP [Open] id 32 len 12 magic 0x42345A4D"},
};

/**
 * @ingroup keepalive-tests
 * @brief 1. The published transcript.
 */
class PublishedEchoTest : public PppTranscriptTestCase
{
  public:
    PublishedEchoTest()
        : PppTranscriptTestCase("a router prints the echo that a router printed")
    {
    }

  private:
    void DoRun() override
    {
        RunOne(true);
        RunOne(false);
    }

    /**
     * @brief Run once.
     * @param keepalive whether R1, whose console it is, has keepalives
     */
    void RunOne(bool keepalive)
    {
        // Timing of captured routers: 1.05 s, then 10.21 to 10.27 s. The 32nd request is due
        // 1.05 + 31 * 10.24 s after the link opened, which takes about 6 ms.
        const std::string jitter = "ns3::UniformRandomVariable[Min=1.021|Max=1.027]";
        Build({{"Name", "Serial0/0/0"},
               {"MagicNumber", std::to_string(0x42345A4D)},
               {"KeepaliveInterval", keepalive ? "10s" : "0s"},
               {"KeepaliveJitter", jitter}},
              {{"MagicNumber", std::to_string(0x4234E325)}, {"KeepaliveJitter", jitter}});
        m_transcript->SetClock(Hours(17) + MilliSeconds(11412) -
                               MilliSeconds(1050 + 31 * 10240 + 6));
        Run(Seconds(325));

        const std::vector<std::string> lines = GetLines("R1", "LCP-FS: ");
        const auto first = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
            return line.find("I ECHOREQ [Open] id 32 ") != std::string::npos;
        });
        NS_TEST_EXPECT_MSG_EQ((lines.end() - first >= 2), true, "request 32 and its answer");
        if (lines.end() - first < 2)
        {
            return;
        }
        for (std::size_t i = 0; i < PUBLISHED.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(first[i].substr(12),
                                  std::string(": ") + PUBLISHED[i].text,
                                  "line " << i);
            NS_TEST_EXPECT_MSG_EQ_TOL(ReadTimestamp(first[i]),
                                      ReadTimestamp(PUBLISHED[i].time),
                                      0.5,
                                      "time of " << first[i]);
        }
        NS_TEST_EXPECT_MSG_EQ(first[0].substr(0, 12), first[1].substr(0, 12), "answered at once");

        // On the wire: code, identifier, length 12, the sender's number, and what the request
        // carries besides, which is the number of whom it asks. All from id 1 on.
        std::size_t at = 0;
        for (int id = 1; id <= 32; id++)
        {
            std::ostringstream hex;
            hex << std::hex << std::setfill('0') << std::setw(2) << id;
            at = std::find(m_wire.begin() + at,
                           m_wire.end(),
                           "ff03c02109" + hex.str() + "000c4234e32542345a4d") -
                 m_wire.begin();
            NS_TEST_EXPECT_MSG_EQ((at + 1 < m_wire.size() ? m_wire[at + 1] : "no request"),
                                  "ff03c0210a" + hex.str() + "000c42345a4d42345a4d",
                                  "answer " << id);
        }

        // "it still answers ... But it never originates any of its own"
        const std::size_t asked =
            std::count_if(m_wire.begin(), m_wire.end(), [](const std::string& frame) {
                return frame.rfind("ff03c02109", 0) == 0 &&
                       frame.find("000c42345a4d4234e325") != std::string::npos;
            });
        NS_TEST_EXPECT_MSG_EQ((asked > 0), keepalive, "requests of R1 on the wire");
        NS_TEST_EXPECT_MSG_EQ(GetLines("R1", " LCP: O ECHOREQ ").size(), asked, "and printed");
        NS_TEST_EXPECT_MSG_EQ(GetLines("R1", " sent id ").size(), asked, "all answered");
        NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "changed state to").size(), 1, "up, and stays up");
    }
};

// ---- 2. the published lab ----

/// A router called Branch1 in the lab "Configuring Basic PPP with Authentication", Cisco 2013.
const std::vector<std::string> LAB = {
    // the peer asks, and this router answers
    "02:20:50.147: Se0/0/0 LCP-FS: I ECHOREQ [Open] id 45 len 12 magic 0x73885AF2",
    "02:20:50.147: Se0/0/0 LCP-FS: O ECHOREP [Open] id 45 len 12 magic 0x8CE1F65F",
    // this router asks, and the peer answers
    "02:20:50.159: Se0/0/0 LCP: O ECHOREQ [Open] id 45 len 12 magic 0x8CE1F65F",
    "02:20:50.159: Se0/0/0 LCP-FS: I ECHOREP [Open] id 45 len 12 magic 0x73885AF2",
    // the answer is that to the last request
    "02:20:50.159: Se0/0/0 LCP-FS: Received id 45, sent id 45, line up",
};

/**
 * @ingroup keepalive-tests
 * @brief 2. The published lab.
 */
class LabEchoTest : public PppTranscriptTestCase
{
  public:
    LabEchoTest()
        : PppTranscriptTestCase("a router prints the echoes that one in a lab printed")
    {
    }

  private:
    void DoRun() override
    {
        Build({{"Name", "Serial0/0/0"},
               {"DataRate", "1544kb/s"},
               {"MagicNumber", std::to_string(0x8CE1F65F)},
               {"KeepaliveStartPhase", Constant("0.1062")},
               {"FirstEchoIdentifier", "45"}},
              {{"DataRate", "1544kb/s"},
               {"MagicNumber", std::to_string(0x73885AF2)},
               {"FirstEchoIdentifier", "45"}});
        m_transcript->SetClock(Hours(2) + Minutes(20) + MilliSeconds(50147 - 1050));
        m_debug.negotiation = false;
        Run(Seconds(2));
        const std::vector<std::string> echoes = GetLines("R1", " LCP");
        NS_TEST_EXPECT_MSG_EQ(echoes.size(), LAB.size(), "lines");
        for (std::size_t i = 0; i < std::min(echoes.size(), LAB.size()); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(echoes[i], LAB[i], "line " << i);
        }
    }
};

// ---- 3. a negotiation ----

/// From a cut line to a shutdown, as R1 sees it.
const std::vector<std::string> NEGOTIATION = {
    // the simulation begins: R1 asks for its Magic-Number and nothing else
    "00:00:00.000: Se0/0/0 PPP: Phase is ESTABLISHING, Active Open",
    "00:00:00.000: Se0/0/0 LCP: O CONFREQ [Closed] id 1 len 10",
    "00:00:00.000: Se0/0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
    // the line is cut: no answer within 2 s, so it asks again, under a new identifier
    "00:00:02.000: Se0/0/0 LCP: TIMEout: State REQsent",
    "00:00:02.000: Se0/0/0 LCP: O CONFREQ [REQsent] id 2 len 10",
    "00:00:02.000: Se0/0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
    // the line was repaired at 3 s, but both ends wait for their timers
    "00:00:04.000: Se0/0/0 LCP: TIMEout: State REQsent",
    "00:00:04.000: Se0/0/0 LCP: O CONFREQ [REQsent] id 3 len 10",
    "00:00:04.000: Se0/0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
    // R2 asks for its own number, and R1 agrees
    "00:00:04.002: Se0/0/0 LCP: I CONFREQ [REQsent] id 3 len 10",
    "00:00:04.002: Se0/0/0 LCP:    MagicNumber 0x00000022 (0x050600000022)",
    "00:00:04.002: Se0/0/0 LCP: O CONFACK [REQsent] id 3 len 10",
    "00:00:04.002: Se0/0/0 LCP:    MagicNumber 0x00000022 (0x050600000022)",
    // R2 agrees to R1's: the link is up
    "00:00:04.004: Se0/0/0 LCP: I CONFACK [ACKsent] id 3 len 10",
    "00:00:04.004: Se0/0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
    "00:00:04.004: Se0/0/0 LCP: State is Open",
    "00:00:04.004: Se0/0/0 PPP: Phase is UP",
    // each end says which IPv4 address it has, and the other agrees
    "00:00:04.004: Se0/0/0 IPCP: O CONFREQ [Closed] id 1 len 10",
    "00:00:04.004: Se0/0/0 IPCP:    Address 10.0.0.1 (0x03060A000001)",
    "00:00:04.006: Se0/0/0 IPCP: I CONFREQ [REQsent] id 1 len 10",
    "00:00:04.006: Se0/0/0 IPCP:    Address 10.0.0.2 (0x03060A000002)",
    "00:00:04.006: Se0/0/0 IPCP: O CONFACK [REQsent] id 1 len 10",
    "00:00:04.006: Se0/0/0 IPCP:    Address 10.0.0.2 (0x03060A000002)",
    "00:00:04.008: Se0/0/0 IPCP: I CONFACK [ACKsent] id 1 len 10",
    "00:00:04.008: Se0/0/0 IPCP:    Address 10.0.0.1 (0x03060A000001)",
    "00:00:04.008: Se0/0/0 IPCP: State is Open",
    // a second after the line protocol came up, which it did with LCP
    "00:00:05.004: %LINEPROTO-5-UPDOWN: Line protocol on Interface Serial0/0/0, changed state to "
    "up",
    // keepalives, 1.05 s after LCP opened and every 10 s: R1's request, R2's, both answers
    "00:00:05.054: Se0/0/0 LCP: O ECHOREQ [Open] id 1 len 12 magic 0x00000011",
    "00:00:05.056: Se0/0/0 LCP-FS: I ECHOREQ [Open] id 1 len 12 magic 0x00000022",
    "00:00:05.056: Se0/0/0 LCP-FS: O ECHOREP [Open] id 1 len 12 magic 0x00000011",
    "00:00:05.059: Se0/0/0 LCP-FS: I ECHOREP [Open] id 1 len 12 magic 0x00000022",
    "00:00:05.059: Se0/0/0 LCP-FS: Received id 1, sent id 1, line up",
    "00:00:15.054: Se0/0/0 LCP: O ECHOREQ [Open] id 2 len 12 magic 0x00000011",
    "00:00:15.056: Se0/0/0 LCP-FS: I ECHOREQ [Open] id 2 len 12 magic 0x00000022",
    "00:00:15.056: Se0/0/0 LCP-FS: O ECHOREP [Open] id 2 len 12 magic 0x00000011",
    "00:00:15.059: Se0/0/0 LCP-FS: I ECHOREP [Open] id 2 len 12 magic 0x00000022",
    "00:00:15.059: Se0/0/0 LCP-FS: Received id 2, sent id 2, line up",
    // the operator shuts the interface: R2 is told so, and R1 does not wait for its answer
    "00:00:16.000: %LINK-5-CHANGED: Interface Serial0/0/0, changed state to administratively down",
    "00:00:16.000: Se0/0/0 IPCP: State is Closed",
    "00:00:16.000: Se0/0/0 PPP: Phase is TERMINATING",
    "00:00:16.000: Se0/0/0 LCP: O TERMREQ [Open] id 4 len 4",
    "00:00:16.000: Se0/0/0 LCP: State is Closed",
    "00:00:16.000: Se0/0/0 PPP: Phase is DOWN",
    "00:00:17.000: %LINEPROTO-5-UPDOWN: Line protocol on Interface Serial0/0/0, changed state to "
    "down",
    // no shutdown: another negotiation, to which R2 says something below
    "00:00:18.000: %LINK-3-UPDOWN: Interface Serial0/0/0, changed state to up",
    "00:00:18.000: Se0/0/0 PPP: Phase is ESTABLISHING, Active Open",
    "00:00:18.000: Se0/0/0 LCP: O CONFREQ [Closed] id 5 len 10",
    "00:00:18.000: Se0/0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
};

/// The end of that, as R2 sees it.
const std::vector<std::string> TERMINATION = {
    // R1 was shut
    "00:00:16.001: Se0/0 LCP: I TERMREQ [Open] id 4 len 4",
    "00:00:16.001: Se0/0 IPCP: State is Closed",
    "00:00:16.001: Se0/0 PPP: Phase is TERMINATING",
    "00:00:16.001: Se0/0 LCP: O TERMACK [Open] id 4 len 4",
    "00:00:17.001: %LINEPROTO-5-UPDOWN: Line protocol on Interface Serial0/0, changed state to "
    "down",
    // RFC 1661 section 4.4: after the answer it waits for one more timeout
    "00:00:18.001: Se0/0 LCP: TIMEout: State TERMsent",
    "00:00:18.001: Se0/0 LCP: State is Closed",
    "00:00:18.001: Se0/0 PPP: Phase is DOWN",
    // R1 is back before R2 tries again: it is the peer that begins
    "00:00:18.002: Se0/0 LCP: I CONFREQ [Listen] id 5 len 10",
    "00:00:18.002: Se0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
    "00:00:18.002: Se0/0 PPP: Phase is ESTABLISHING",
    "00:00:18.002: Se0/0 LCP: O CONFREQ [Listen] id 4 len 10",
    "00:00:18.002: Se0/0 LCP:    MagicNumber 0x00000022 (0x050600000022)",
    "00:00:18.002: Se0/0 LCP: O CONFACK [Listen] id 5 len 10",
    "00:00:18.002: Se0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
};

/**
 * @ingroup keepalive-tests
 * @brief 3. A negotiation from its beginning to its end.
 */
class NegotiationTest : public PppTranscriptTestCase
{
  public:
    NegotiationTest()
        : PppTranscriptTestCase("a negotiation, line by line")
    {
    }

  private:
    void DoRun() override
    {
        Build({{"Name", "Serial0/0/0"}}, {});
        AssignAddresses();
        m_injector->Schedule(FailureHelper::CutLink(m_r1, m_r2, "R1-R2"), Seconds(0), Seconds(3));
        Simulator::Schedule(Seconds(16), &KeepaliveNetDevice::SetAdminUp, m_r1, false);
        Simulator::Schedule(Seconds(18), &KeepaliveNetDevice::SetAdminUp, m_r1, true);
        Run(Seconds(20));
        Compare("R1", "", "00:00:18.001", NEGOTIATION);
        Compare("R2", "00:00:16", "00:00:18.003", TERMINATION);
    }
};

// ---- 4. a silent failure ----

/// A cut from 25 to 85 s, as R1 sees it.
const std::vector<std::string> SILENCE_R1 = {
    // five requests without an answer; at the attempt to send the sixth R1 gives up
    "00:00:31.054: Se0/0/0 LCP: O ECHOREQ [Open] id 4 len 12 magic 0x00000011",
    "00:00:41.054: Se0/0/0 LCP: O ECHOREQ [Open] id 5 len 12 magic 0x00000011",
    "00:00:51.054: Se0/0/0 LCP: O ECHOREQ [Open] id 6 len 12 magic 0x00000011",
    "00:01:01.054: Se0/0/0 LCP: O ECHOREQ [Open] id 7 len 12 magic 0x00000011",
    "00:01:11.054: Se0/0/0 LCP: O ECHOREQ [Open] id 8 len 12 magic 0x00000011",
    "00:01:21.054: Se0/0/0 IPCP: State is Closed",
    "00:01:21.054: Se0/0/0 PPP: Phase is TERMINATING",
    "00:01:21.054: Se0/0/0 LCP: State is Closed",
    "00:01:21.054: Se0/0/0 PPP: Phase is DOWN",
    // it negotiates at once, and a second later says what became of the line protocol
    "00:01:21.054: Se0/0/0 PPP: Phase is ESTABLISHING, Active Open",
    "00:01:21.054: Se0/0/0 LCP: O CONFREQ [Closed] id 2 len 10",
    "00:01:21.054: Se0/0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
    "00:01:22.054: %LINEPROTO-5-UPDOWN: Line protocol on Interface Serial0/0/0, changed state to "
    "down",
    "00:01:23.054: Se0/0/0 LCP: TIMEout: State REQsent",
    "00:01:23.054: Se0/0/0 LCP: O CONFREQ [REQsent] id 3 len 10",
    "00:01:23.054: Se0/0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
    // the line is repaired: the next request arrives
    "00:01:25.054: Se0/0/0 LCP: TIMEout: State REQsent",
    "00:01:25.054: Se0/0/0 LCP: O CONFREQ [REQsent] id 4 len 10",
    "00:01:25.054: Se0/0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
    "00:01:25.058: Se0/0/0 LCP: I CONFREQ [REQsent] id 2 len 10",
    "00:01:25.058: Se0/0/0 LCP:    MagicNumber 0x00000022 (0x050600000022)",
    "00:01:25.058: Se0/0/0 LCP: O CONFACK [REQsent] id 2 len 10",
    "00:01:25.058: Se0/0/0 LCP:    MagicNumber 0x00000022 (0x050600000022)",
    "00:01:25.060: Se0/0/0 LCP: I CONFACK [ACKsent] id 4 len 10",
    "00:01:25.060: Se0/0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
    "00:01:25.060: Se0/0/0 LCP: State is Open",
    "00:01:25.060: Se0/0/0 PPP: Phase is UP",
    "00:01:25.060: Se0/0/0 IPCP: O CONFREQ [Closed] id 2 len 10",
    "00:01:25.060: Se0/0/0 IPCP:    Address 10.0.0.1 (0x03060A000001)",
    "00:01:25.062: Se0/0/0 IPCP: I CONFREQ [REQsent] id 2 len 10",
    "00:01:25.062: Se0/0/0 IPCP:    Address 10.0.0.2 (0x03060A000002)",
    "00:01:25.062: Se0/0/0 IPCP: O CONFACK [REQsent] id 2 len 10",
    "00:01:25.062: Se0/0/0 IPCP:    Address 10.0.0.2 (0x03060A000002)",
    "00:01:25.064: Se0/0/0 IPCP: I CONFACK [ACKsent] id 2 len 10",
    "00:01:25.064: Se0/0/0 IPCP:    Address 10.0.0.1 (0x03060A000001)",
    "00:01:25.064: Se0/0/0 IPCP: State is Open",
    "00:01:26.060: %LINEPROTO-5-UPDOWN: Line protocol on Interface Serial0/0/0, changed state to "
    "up",
    // a new link: identifiers begin at 1
    "00:01:26.110: Se0/0/0 LCP: O ECHOREQ [Open] id 1 len 12 magic 0x00000011",
    "00:01:26.115: Se0/0/0 LCP-FS: I ECHOREP [Open] id 1 len 12 magic 0x00000022",
    "00:01:26.115: Se0/0/0 LCP-FS: Received id 1, sent id 1, line up",
};

/// The same as R2 sees it, which has no keepalives, and so learns of nothing until R1 asks.
const std::vector<std::string> SILENCE_R2 = {
    // in state Opened the peer begins anew: back to ESTABLISHING (RFC 1661 section 3.4)
    "00:01:25.056: Se0/0 LCP: I CONFREQ [Open] id 4 len 10",
    "00:01:25.056: Se0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
    "00:01:25.056: Se0/0 IPCP: State is Closed",
    "00:01:25.056: Se0/0 PPP: Phase is ESTABLISHING",
    "00:01:25.056: Se0/0 LCP: O CONFREQ [Open] id 2 len 10",
    "00:01:25.056: Se0/0 LCP:    MagicNumber 0x00000022 (0x050600000022)",
    "00:01:25.056: Se0/0 LCP: O CONFACK [Open] id 4 len 10",
    "00:01:25.056: Se0/0 LCP:    MagicNumber 0x00000011 (0x050600000011)",
    "00:01:25.060: Se0/0 LCP: I CONFACK [ACKsent] id 2 len 10",
    "00:01:25.060: Se0/0 LCP:    MagicNumber 0x00000022 (0x050600000022)",
    "00:01:25.060: Se0/0 LCP: State is Open",
    "00:01:25.060: Se0/0 PPP: Phase is UP",
    "00:01:25.060: Se0/0 IPCP: O CONFREQ [Closed] id 2 len 10",
    "00:01:25.060: Se0/0 IPCP:    Address 10.0.0.2 (0x03060A000002)",
    "00:01:25.062: Se0/0 IPCP: I CONFREQ [REQsent] id 2 len 10",
    "00:01:25.062: Se0/0 IPCP:    Address 10.0.0.1 (0x03060A000001)",
    "00:01:25.062: Se0/0 IPCP: O CONFACK [REQsent] id 2 len 10",
    "00:01:25.062: Se0/0 IPCP:    Address 10.0.0.1 (0x03060A000001)",
    "00:01:25.064: Se0/0 IPCP: I CONFACK [ACKsent] id 2 len 10",
    "00:01:25.064: Se0/0 IPCP:    Address 10.0.0.2 (0x03060A000002)",
    "00:01:25.064: Se0/0 IPCP: State is Open",
    // the line protocol was down for 4 ms: too short for a message
    "00:01:26.113: Se0/0 LCP-FS: I ECHOREQ [Open] id 1 len 12 magic 0x00000011",
    "00:01:26.113: Se0/0 LCP-FS: O ECHOREP [Open] id 1 len 12 magic 0x00000022",
};

/**
 * @ingroup keepalive-tests
 * @brief 4. A silent failure.
 */
class SilenceTest : public PppTranscriptTestCase
{
  public:
    SilenceTest()
        : PppTranscriptTestCase("a peer that falls silent, line by line")
    {
    }

  private:
    void DoRun() override
    {
        Build({{"Name", "Serial0/0/0"}}, {{"KeepaliveInterval", "0s"}});
        AssignAddresses();
        m_injector->Schedule(FailureHelper::CutLink(m_r1, m_r2, "R1-R2"), Seconds(25), Seconds(60));
        Run(Seconds(90));
        Compare("R1", "00:00:25", "00:01:30", SILENCE_R1);
        Compare("R2", "00:00:25", "00:01:30", SILENCE_R2);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. and 6. Rare lines, and the switches.
 */
class RareLinesTest : public PppTranscriptTestCase
{
  public:
    RareLinesTest()
        : PppTranscriptTestCase("disagreement and termination; switches")
    {
    }

  private:
    void DoRun() override
    {
        CheckOptions();
        CheckTermination();
        CheckToggle();
        CheckCrash();
        CheckCarrier();
        CheckForged();
        CheckSwitches();
    }

    /// Naks, rejects, and what options are called.
    void CheckOptions()
    {
        Build({{"LocalAddress", "10.0.0.1"}, {"RemoteAddress", "10.0.0.9"}, {"Ipv6", "true"}},
              {{"Mru", "100"}, {"Compress", "true"}});
        Run(Seconds(1));
        Expect("R1",
               {"Se0/0 LCP: I CONFREQ [REQsent] id 1 len 18",
                "Se0/0 LCP:    MRU 100 (0x01040064)",
                "Se0/0 LCP:    MagicNumber 0x00000022 (0x050600000022)",
                "Se0/0 LCP:    PFC (0x0702)",
                "Se0/0 LCP:    ACFC (0x0802)",
                "Se0/0 LCP: O CONFNAK [REQsent] id 1 len 8",
                "Se0/0 LCP:    MRU 128 (0x01040080)"});
        Expect(
            "R2",
            {"Se0/0 LCP:    MRU 128 (0x01040080)", "Se0/0 LCP: O CONFREQ [ACKsent] id 2 len 18"});
        Expect("R1",
               {"Se0/0 IPCP: I CONFREQ [REQsent] id 1 len 10",
                "Se0/0 IPCP:    Address 0.0.0.0 (0x030600000000)",
                "Se0/0 IPCP: O CONFNAK [REQsent] id 1 len 10",
                "Se0/0 IPCP:    Address 10.0.0.9 (0x03060A000009)"});
        Expect("R1", {"Se0/0 IPV6CP: O CONFREQ [Closed] id 1 len 14"});
        // The identifier is random: what is told of it must agree with the bytes.
        const std::vector<std::string> own = GetLines("R1", "IPV6CP:    Interface-Id ");
        NS_TEST_EXPECT_MSG_EQ(own.size(), 1, "Interface-Id");
        const std::string line = own.empty() ? "Interface-Id " : own[0];
        const std::string words = line.substr(line.find("Interface-Id ") + 13, 19);
        std::string digits = words;
        digits.erase(std::remove(digits.begin(), digits.end(), ':'), digits.end());
        NS_TEST_EXPECT_MSG_EQ(digits.size(), 16, words);
        Expect("R1", {"Se0/0 IPV6CP:    Interface-Id " + words + " (0x010A" + digits + ")"});
        const std::string rejected = "PROTREJ [Open] id 3 len 20 protocol IPV6CP "
                                     "(0x80570101000E010A" +
                                     digits + ")";
        Expect("R2", {"Se0/0 LCP: O " + rejected});
        Expect("R1", {"Se0/0 LCP: I " + rejected});

        Build({}, {});
        Run(Seconds(1));
        Expect("R1",
               {"Se0/0 IPCP: I CONFREJ [REQsent] id 1 len 10",
                "Se0/0 IPCP:    Address 0.0.0.0 (0x030600000000)",
                "Se0/0 IPCP: O CONFREQ [REQsent] id 2 len 4"});
    }

    /// A rule that terminates the link.
    void CheckTermination()
    {
        for (const bool answered : {true, false})
        {
            Build({{"VerdictRule", "Pppd"}, {"KeepaliveInterval", "1s"}, {"KeepaliveRetries", "1"}},
                  {{"KeepaliveInterval", "0s"}});
            AssignAddresses();
            m_injector->Schedule(FailureHelper::CutOneWay(m_r2, m_r1, "R2-R1"),
                                 Seconds(2),
                                 Seconds(answered ? 1.1 : 7.05));
            Run(Seconds(10));
            std::vector<std::string> expected = {"Se0/0 IPCP: State is Closed",
                                                 "Se0/0 PPP: Phase is TERMINATING",
                                                 "Se0/0 LCP: O TERMREQ [Open] id 2 len 4"};
            std::vector<std::string> rest = {"Se0/0 LCP: I TERMACK [TERMsent] id 2 len 4"};
            if (!answered)
            {
                rest = {"%LINEPROTO-5-UPDOWN: Line protocol on Interface Serial0/0, changed state "
                        "to down",
                        "Se0/0 LCP: TIMEout: State TERMsent",
                        "Se0/0 LCP: O TERMREQ [TERMsent] id 3 len 4",
                        "Se0/0 LCP: TIMEout: State TERMsent"};
            }
            expected.insert(expected.end(), rest.begin(), rest.end());
            expected.emplace_back("Se0/0 LCP: State is Closed");
            expected.emplace_back("Se0/0 PPP: Phase is DOWN");
            Expect("R1", expected);
            NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "Phase is DOWN").size(), 1, "said once");
            Expect("R1", {"Se0/0 PPP: Phase is ESTABLISHING, Active Open"});
        }
    }

    /// A crash while the link is being terminated: what was before it is forgotten.
    void CheckCrash()
    {
        Build({{"VerdictRule", "Pppd"}, {"KeepaliveInterval", "1s"}, {"KeepaliveRetries", "1"}},
              {});
        m_injector->Schedule(FailureHelper::CutOneWay(m_r2, m_r1, "R2-R1"), Seconds(2), Seconds(0));
        Simulator::Schedule(MilliSeconds(4000), &KeepaliveNetDevice::SetPowered, m_r1, false);
        Simulator::Schedule(MilliSeconds(4500), &KeepaliveNetDevice::SetPowered, m_r1, true);
        Run(Seconds(8));
        NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "Phase is TERMINATING").size(), 1, "at 3.1 s");
        NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "Phase is ESTABLISHING").size(), 2, "and at 4.5 s");
        NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "TIMEout: State REQsent").empty(), false, "waits");
        NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "LCP: State is Closed").size(), 0, "forgotten");
    }

    /// Shut and enabled again at the same instant, by one event or by two.
    void CheckToggle()
    {
        for (const bool one : {true, false})
        {
            Build({}, {});
            AssignAddresses();
            if (one)
            {
                Simulator::Schedule(Seconds(4), &RareLinesTest::Toggle, this);
            }
            else
            {
                Simulator::Schedule(Seconds(4), &KeepaliveNetDevice::SetAdminUp, m_r1, false);
                Simulator::Schedule(Seconds(4), &KeepaliveNetDevice::SetAdminUp, m_r1, true);
            }
            Run(Seconds(8));
            Expect("R1",
                   {"Se0/0 PPP: Phase is TERMINATING",
                    "Se0/0 LCP: O TERMREQ [Open] id 2 len 4",
                    "%LINK-3-UPDOWN: Interface Serial0/0, changed state to up",
                    "Se0/0 LCP: State is Closed",
                    "Se0/0 PPP: Phase is DOWN",
                    "Se0/0 PPP: Phase is ESTABLISHING, Active Open"});
            NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "Phase is DOWN").size(), 1, "said once");
        }
    }

    /// Shut R1, and enable it again.
    void Toggle()
    {
        m_r1->SetAdminUp(false);
        m_r1->SetAdminUp(true);
    }

    /// The carrier goes: with the link up, and while it is being terminated.
    void CheckCarrier()
    {
        for (const bool up : {true, false})
        {
            Build({}, {});
            AssignAddresses();
            if (!up)
            {
                Simulator::Schedule(Seconds(4), &KeepaliveNetDevice::SetAdminUp, m_r2, false);
            }
            Simulator::Schedule(Seconds(5),
                                &SerialWire::DropCarrier,
                                m_r1->GetSerialChannel()->GetWireTo(m_r1));
            Simulator::Schedule(Seconds(6),
                                &SerialWire::RestoreCarrier,
                                m_r1->GetSerialChannel()->GetWireTo(m_r1));
            Run(Seconds(7));
            NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "Phase is DOWN").size(), 1, "said once");
            const std::string link = "%LINK-3-UPDOWN: Interface Serial0/0, changed state to down";
            // as a public transcript of a line that is unplugged has it
            Expect("R1",
                   up ? std::vector<std::string>{link,
                                                 "Se0/0 IPCP: State is Closed",
                                                 "Se0/0 PPP: Phase is TERMINATING",
                                                 "Se0/0 LCP: State is Closed",
                                                 "Se0/0 PPP: Phase is DOWN"}
                      : std::vector<std::string>{link,
                                                 "Se0/0 LCP: State is Closed",
                                                 "Se0/0 PPP: Phase is DOWN"});
        }
    }

    /**
     * @brief Let a frame arrive.
     * @param hex the frame, as hexadecimal text
     */
    void Forge(std::string hex)
    {
        std::vector<uint8_t> bytes;
        for (std::size_t i = 0; i < hex.size(); i += 2)
        {
            bytes.push_back(static_cast<uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
        }
        m_r1->Receive(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())), true);
    }

    /// Packets that this model does not send.
    void CheckForged()
    {
        struct Case
        {
            const char* frame;
            std::vector<std::string> lines;
        };

        const std::string other = "5655" + std::string(60, '5');
        const Case cases[] = {
            {"ff03c021010900160305c223050304c0230206000a00000d03fa",
             {"Se0/0 LCP: I CONFREQ [Open] id 9 len 22",
              "Se0/0 LCP:    AuthProto CHAP (0x0305C22305)",
              "Se0/0 LCP:    AuthProto PAP (0x0304C023)",
              "Se0/0 LCP:    ACCM 0x000A0000 (0x0206000A0000)",
              "Se0/0 LCP:    Type 13 (0x0D03FA)"}},
            {"ff03c021010900080304c024", // unknown value
             {"Se0/0 LCP: I CONFREQ [Open] id 9 len 8", "Se0/0 LCP:    Type 3 (0x0304C024)"}},
            {"ff03c02101090007050511", // malformed
             {"Se0/0 LCP: I CONFREQ [Open] id 9 len 7"}},
            {"ff03c0210b0700080000abcd", // Discard-Request
             {"Se0/0 LCP-FS: I DISCREQ [Open] id 7 len 8 magic 0x0000ABCD"}},
            {"ff03c02109070006abcd", // no room for a number
             {"Se0/0 LCP-FS: I ECHOREQ [Open] id 7 len 6"}},
            {"ff03c021070800050b", // Code-Reject of what can be done without
             {"Se0/0 LCP: I CODEREJ [Open] id 8 len 5"}},
            {"ff03c0210c080004", // unknown code
             {"Se0/0 LCP: I UNKNOWN [Open] id 8 len 4", "Se0/0 LCP: O CODEREJ [Open] id 2 len 8"}},
            {"ff03820701010004", // unknown protocol
             {"Se0/0 LCP: O PROTREJ [Open] id 2 len 10 protocol CDPCP (0x820701010004)"}},
            {"ff0380fd0101000a120600000001",
             {"Se0/0 LCP: O PROTREJ [Open] id 2 len 16 protocol 0x80FD "
              "(0x80FD0101000A120600000001)"}},
            {"ff03c02108030005aa", // too short to name a protocol
             {"Se0/0 LCP: I PROTREJ [Open] id 3 len 5"}},
        };
        for (const Case& one : cases)
        {
            Build({}, {});
            Simulator::Schedule(MilliSeconds(500),
                                &RareLinesTest::Forge,
                                this,
                                std::string(one.frame));
            Run(Seconds(1));
            Expect("R1", one.lines);
        }
        // What is quoted is cut.
        Build({}, {});
        Simulator::Schedule(MilliSeconds(500),
                            &RareLinesTest::Forge,
                            this,
                            "ff035655" + std::string(396, '5'));
        Run(Seconds(1));
        Expect("R1",
               {"Se0/0 LCP: O PROTREJ [Open] id 2 len 204 protocol 0x5655 (0x" + other + ")"});
    }

    /// The switches.
    void CheckSwitches()
    {
        for (const bool packets : {true, false})
        {
            for (const bool negotiation : {true, false})
            {
                Build({}, {});
                m_debug.packets = packets;
                m_debug.negotiation = negotiation;
                Run(Seconds(15));
                NS_TEST_EXPECT_MSG_EQ(GetLines("R1", " id ").empty(),
                                      !packets && !negotiation,
                                      "packets");
                NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "ECHORE").empty(), !packets, "echoes");
                NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "Received").empty(), !packets, "replies");
                NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "CONF").empty(), !negotiation, "requests");
                NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "State is").empty(), !negotiation, "states");
                NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "Phase is").empty(), !negotiation, "phases");
                NS_TEST_EXPECT_MSG_EQ(GetLines("R1", "%LINEPROTO").size(), 1, "whatever");
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 7. and 8. Show interfaces serial.
 */
class PppShowInterfacesTest : public PppTranscriptTestCase
{
  public:
    PppShowInterfacesTest()
        : PppTranscriptTestCase("show interfaces serial prints what routers print")
    {
    }

  private:
    /**
     * @brief Run for 20 s, and expect lines of R1.
     * @param expected the lines; they must be there in this order
     */
    void ExpectShown(const std::string& expected)
    {
        Run(Seconds(20), true);
        NS_TEST_EXPECT_MSG_EQ((m_told.str().find(expected) < m_told.str().find("R2#")),
                              true,
                              expected << "is not in" << m_told.str());
    }

    void DoRun() override
    {
        Build({{"Name", "Serial0/0/0"}}, {});
        AssignAddresses();
        ExpectShown("\nR1#show interfaces serial 0/0/0\n"
                    "Serial0/0/0 is up, line protocol is up (connected)\n"
                    "  Hardware is HD64570\n"
                    "  Internet address is 10.0.0.1/8\n"
                    "  MTU 1500 bytes, BW 64 Kbit, DLY 20000 usec, rely 255/255, load 1/255\n"
                    "  Encapsulation PPP, loopback not set, keepalive set (10 sec)\n"
                    "  LCP Open\n"
                    "  Open: IPCP\n"
                    "  Last input 00:00:08, output 00:00:08, output hang never\n");

        Build({{"Ipv6", "true"}, {"KeepaliveInterval", "0s"}}, {{"Ipv6", "true"}});
        ExpectShown("  Encapsulation PPP, loopback not set, keepalive not set\n"
                    "  LCP Open\n"
                    "  Open: IPCP, IPV6CP\n"
                    "  Last input");

        Build({}, {});
        m_r2->SetAdminUp(false);
        ExpectShown("  LCP REQsent\n  Last input");

        Build({}, {});
        m_r1->SetAdminUp(false);
        ExpectShown("  LCP Closed\n  Last input");

        Build({{"MagicNumber", "0"}}, {});
        FailureHelper::PlugLoopback(m_r1, "plug")->Fail();
        ExpectShown("Serial0/0 is up, line protocol is down (looped)\n");

        // before anything has begun
        Build({}, {});
        PppConsole console(*m_transcript);
        console.Watch(m_r1, "R1");
        console.ShowInterfaces();
        NS_TEST_EXPECT_MSG_NE(m_told.str().find("  LCP Closed\n  Last input never"),
                              std::string::npos,
                              m_told.str());
        // Nothing is negotiated while the control plane hangs, from the very beginning.
        m_r1->SetControlPlaneStalled(true);
        ExpectShown("  LCP Closed\n");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class PppTranscriptTestSuite : public TestSuite
{
  public:
    PppTranscriptTestSuite()
        : TestSuite("keepalive-ppp-transcript", TestSuite::Type::UNIT)
    {
        AddTestCase(new PublishedEchoTest);
        AddTestCase(new LabEchoTest);
        AddTestCase(new NegotiationTest);
        AddTestCase(new SilenceTest);
        AddTestCase(new RareLinesTest);
        AddTestCase(new PppShowInterfacesTest);
    }
};

PppTranscriptTestSuite g_pppTranscriptTestSuite; //!< the suite

} // namespace
} // namespace keepalive
} // namespace ns3
