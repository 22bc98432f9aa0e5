/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/console-transcript.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/failure-helper.h"
#include "ns3/failure-injector.h"
#include "ns3/hdlc-console.h"
#include "ns3/hdlc-net-device.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/serial-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Consoles of serial interfaces: what real routers printed, printed again.
 *
 * Behaviours:
 *  1. both routers of the published transcript of `debug serial interface` print what they printed,
 *     line by line, each line within half a second of its time
 *  2. `show interfaces serial` begins as it is published, and goes on as routers do
 *  3. the states: connected, looped up and down, down for keepalives, for errors (disabled), for
 *     the carrier, for the operator; no power
 *  4. %LINK messages come at once, and only if there is anything new: shutdown, carrier, boot
 *  5. %LINEPROTO messages come a second later, and not at all after a shorter interruption
 *  6. load and reliability
 *  7. the clock wraps at midnight
 */

namespace ns3
{
namespace keepalive
{
namespace
{

constexpr int64_t STREAM = 9000; //!< streams of this file

// ---- the published transcript ----

/// One line of a console.
struct ConsoleLine
{
    const char* time; //!< its time stamp
    const char* text; //!< what follows
};

/// Console of the router whose interface is shut; lines that the publication wraps are joined.
const std::vector<ConsoleLine> ROUTER1 = {
    {"17:21:09.685", "Serial0/0: HDLC myseq 0, mineseen 0*, yourseen 1, line up"},
    {"17:21:19.725", "Serial0/0: HDLC myseq 1, mineseen 1*, yourseen 2, line up"},
    {"17:21:29.753", "Serial0/0: HDLC myseq 2, mineseen 2*, yourseen 3, line up"},
    {"17:21:39.773", "Serial0/0: HDLC myseq 3, mineseen 3*, yourseen 4, line up"},
    {"17:21:49.805", "Serial0/0: HDLC myseq 4, mineseen 4*, yourseen 5, line up"},
    {"17:21:59.837", "Serial0/0: HDLC myseq 5, mineseen 5*, yourseen 6, line up"},
    {"17:22:09.865", "Serial0/0: HDLC myseq 6, mineseen 6*, yourseen 7, line up"},
    {"17:22:19.905", "Serial0/0: HDLC myseq 7, mineseen 7*, yourseen 8, line up"},
    {"17:22:29.945", "Serial0/0: HDLC myseq 8, mineseen 8*, yourseen 9, line up"},
    {"17:22:39.965", "Serial0/0: HDLC myseq 9, mineseen 9*, yourseen 10, line up"},
    {"17:22:42.225",
     "%LINK-5-CHANGED: Interface Serial0/0, changed state to administratively down"},
    {"17:22:43.245",
     "%LINEPROTO-5-UPDOWN: Line protocol on Interface Serial0/0, changed state to down"},
};

/// Console of the router at the other end.
const std::vector<ConsoleLine> ROUTER2 = {
    {"17:21:04.929", "Serial2/0: HDLC myseq 0, mineseen 0, yourseen 0, line up"},
    {"17:21:14.941", "Serial2/0: HDLC myseq 1, mineseen 1*, yourseen 1, line up"},
    {"17:21:24.961", "Serial2/0: HDLC myseq 2, mineseen 2*, yourseen 2, line up"},
    {"17:21:34.981", "Serial2/0: HDLC myseq 3, mineseen 3*, yourseen 3, line up"},
    {"17:21:45.001", "Serial2/0: HDLC myseq 4, mineseen 4*, yourseen 4, line up"},
    {"17:21:55.021", "Serial2/0: HDLC myseq 5, mineseen 5*, yourseen 5, line up"},
    {"17:22:05.041", "Serial2/0: HDLC myseq 6, mineseen 6*, yourseen 6, line up"},
    {"17:22:15.061", "Serial2/0: HDLC myseq 7, mineseen 7*, yourseen 7, line up"},
    {"17:22:25.081", "Serial2/0: HDLC myseq 8, mineseen 8*, yourseen 8, line up"},
    {"17:22:35.101", "Serial2/0: HDLC myseq 9, mineseen 9*, yourseen 9, line up"},
    {"17:22:45.113", "Serial2/0: HDLC myseq 10, mineseen 10*, yourseen 10, line up"},
    {"17:22:55.133", "Serial2/0: HDLC myseq 11, mineseen 10, yourseen 10, line up"},
    {"17:23:05.153", "HD(0): Reset from 0x203758"},
    {"17:23:05.153", "HD(0): Asserting DTR"},
    {"17:23:05.153", "HD(0): Asserting DTR and RTS"},
    {"17:23:05.153", "Serial2/0: HDLC myseq 12, mineseen 10, yourseen 10, line up"},
    {"17:23:15.173", "HD(0): Reset from 0x203758"},
    {"17:23:15.173", "HD(0): Asserting DTR"},
    {"17:23:15.173", "HD(0): Asserting DTR and RTS"},
    {"17:23:15.173", "Serial2/0: HDLC myseq 13, mineseen 10, yourseen 10, line down"},
    {"17:23:16.201",
     "%LINEPROTO-5-UPDOWN: Line protocol on Interface Serial2/0, changed state to down"},
    {"17:23:25.193", "Serial2/0: HDLC myseq 14, mineseen 10, yourseen 10, line down"},
};

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
 * @brief The lines of a text that begin with a prefix.
 * @param text the text
 * @param prefix the prefix
 * @return the rest of each of them
 */
std::vector<std::string>
GetLines(const std::string& text, const std::string& prefix)
{
    std::vector<std::string> lines;
    std::istringstream in(text);
    std::string line;
    while (std::getline(in, line))
    {
        if (line.rfind(prefix, 0) == 0)
        {
            lines.push_back(line.substr(prefix.size()));
        }
    }
    return lines;
}

/**
 * @ingroup keepalive-tests
 * @brief 1. The published transcript.
 */
class PublishedTranscriptTest : public TestCase
{
  public:
    PublishedTranscriptTest()
        : TestCase("two routers print what two routers printed")
    {
    }

  private:
    /**
     * @brief Compare a console with the published one.
     * @param told the transcript
     * @param router name of the router
     * @param published its lines
     */
    void Compare(const std::string& told,
                 const std::string& router,
                 const std::vector<ConsoleLine>& published)
    {
        const std::vector<std::string> lines = GetLines(told, router + ": ");
        NS_TEST_EXPECT_MSG_EQ(lines.size(), published.size(), "number of lines of " << router);
        for (std::size_t i = 0; i < std::min(lines.size(), published.size()); i++)
        {
            const std::string time = lines[i].substr(0, 12);
            NS_TEST_EXPECT_MSG_EQ(lines[i].substr(12),
                                  std::string(": ") + published[i].text,
                                  "line " << i << " of " << router);
            NS_TEST_EXPECT_MSG_EQ_TOL(ReadTimestamp(time),
                                      ReadTimestamp(published[i].time),
                                      0.5,
                                      "time of line " << i << " of " << router << ": " << lines[i]);
        }
    }

    void DoRun() override
    {
        // The beginning of the simulation is 17:21:00.000. The intervals are as long as those of
        // the routers were: 10.020 to 10.040 s and 10.012 to 10.020 s.
        const char* const names[] = {"Serial0/0", "Serial2/0"};
        const char* const phases[] = {"0.9685", "0.4929"};
        const char* const jitters[] = {"Min=1.002|Max=1.004", "Min=1.0012|Max=1.0020"};

        NodeContainer nodes;
        nodes.Create(2);
        SerialHelper serial("ns3::keepalive::HdlcNetDevice");
        serial.SetDeviceAttribute("DataRate", StringValue("64kb/s"));
        serial.SetKeepalive(Seconds(10), 3);
        Ptr<SerialChannel> line = serial.CreateChannel();
        std::ostringstream told;
        ConsoleTranscript transcript;
        transcript.AddStream(told);
        transcript.SetClock(Hours(17) + Minutes(21));
        HdlcConsole console(transcript);
        NetDeviceContainer ends;
        for (uint32_t i = 0; i < 2; i++)
        {
            serial.SetDeviceAttribute("Name", StringValue(names[i]));
            serial.SetDeviceAttribute("KeepaliveStartPhase",
                                      StringValue(std::string("ns3::ConstantRandomVariable[") +
                                                  "Constant=" + phases[i] + "]"));
            serial.SetDeviceAttribute(
                "KeepaliveJitter",
                StringValue(std::string("ns3::UniformRandomVariable[") + jitters[i] + "]"));
            ends.Add(serial.InstallEnd(nodes.Get(i), line));
            console.Watch(DynamicCast<HdlcNetDevice>(ends.Get(i)),
                          "Router" + std::to_string(i + 1));
        }
        serial.AssignStreams(ends, STREAM);

        Ptr<FailureInjector> injector = CreateObject<FailureInjector>();
        transcript.Watch(injector);
        injector->Schedule(FailureHelper::Shutdown(ends.Get(0), "Serial0/0 of Router1"),
                           MilliSeconds(102225),
                           Seconds(0));
        Simulator::Stop(Seconds(150)); // 17:23:30
        Simulator::Run();
        Simulator::Destroy();

        Compare(told.str(), "Router1", ROUTER1);
        Compare(told.str(), "Router2", ROUTER2);
        const std::vector<std::string> comments = GetLines(told.str(), "! ");
        NS_TEST_EXPECT_MSG_EQ(comments.size(), 1, "comments");
        NS_TEST_EXPECT_MSG_EQ(comments.at(0),
                              "17:22:42.225: Serial0/0 of Router1 fails (shutdown)",
                              "clock of comments");
    }
};

// ---- one line of 64 kb/s, keepalives of R1 at 0, 10, 20 s and so on, of R2 5 s later ----

/// Two routers, R1 and R2, on a serial line, and what their consoles print.
class SerialConsoleTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit SerialConsoleTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    /// Build it, with m_attributes.
    void Build()
    {
        m_told.str("");
        m_nodes = NodeContainer();
        m_nodes.Create(2);
        InternetStackHelper().Install(m_nodes);
        SerialHelper serial("ns3::keepalive::HdlcNetDevice");
        serial.SetKeepalive(Seconds(10), 3);
        for (const auto& [name, value] : m_attributes)
        {
            serial.SetDeviceAttribute(name, StringValue(value));
        }
        Ptr<SerialChannel> line = serial.CreateChannel();
        NetDeviceContainer ends;
        for (const char* phase : {"0", "0.5"})
        {
            serial.SetDeviceAttribute("KeepaliveStartPhase",
                                      StringValue(std::string("ns3::ConstantRandomVariable[") +
                                                  "Constant=" + phase + "]"));
            ends.Add(serial.InstallEnd(m_nodes.Get(ends.GetN()), line));
        }
        serial.AssignStreams(ends, STREAM);
        Ipv4AddressHelper("10.0.0.0", "255.0.0.0").Assign(ends);
        m_r1 = DynamicCast<HdlcNetDevice>(ends.Get(0));
        m_r2 = DynamicCast<HdlcNetDevice>(ends.Get(1));
    }

    /**
     * @brief Run from the beginning to a time, and forget everything afterwards.
     * @param stop the time
     * @param show print "show interfaces" at the end
     */
    void Run(Time stop, bool show)
    {
        ConsoleTranscript transcript;
        transcript.AddStream(m_told);
        HdlcConsole console(transcript);
        console.Watch(m_r1, "R1");
        console.Watch(m_r2, "R2");
        Simulator::Stop(stop);
        Simulator::Run();
        if (show)
        {
            m_told.str("");
            console.ShowInterfaces();
        }
        m_r1 = nullptr;
        m_r2 = nullptr;
        Simulator::Destroy();
    }

    /**
     * @brief What R1 printed, other than debug lines.
     * @return its messages, each with a semicolon behind it
     */
    std::string GetMessages() const
    {
        std::string messages;
        for (const auto& line : GetLines(m_told.str(), "R1: "))
        {
            if (line.find(" HDLC ") == std::string::npos && line.find("HD(0)") == std::string::npos)
            {
                messages += line.substr(6) + ";";
            }
        }
        return messages;
    }

    std::map<std::string, std::string> m_attributes; //!< of both ends
    NodeContainer m_nodes;                           //!< R1 and R2
    Ptr<HdlcNetDevice> m_r1;                         //!< end at R1
    Ptr<HdlcNetDevice> m_r2;                         //!< end at R2
    std::ostringstream m_told;                       //!< transcript
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Show interfaces serial.
 */
class ShowInterfacesTest : public SerialConsoleTestCase
{
  public:
    ShowInterfacesTest()
        : SerialConsoleTestCase("show interfaces serial prints what routers print")
    {
    }

  private:
    void DoRun() override
    {
        m_attributes["Name"] = "Serial0/0/0";
        Build();
        Run(Seconds(24), true);
        const std::string common =
            "  MTU 1500 bytes, BW 64 Kbit, DLY 20000 usec, rely 255/255, load 1/255\n"
            "  Encapsulation HDLC, loopback not set, keepalive set (10 sec)\n"
            "  Last input 00:00:08, output 00:00:04, output hang never\n"
            "  Last clearing of \"show interface\" counters never\n"
            "  Queueing strategy: fifo\n"
            "  Output queue 0/100, 0 drops; input queue 0/75, 0 drops\n"
            "  30 second input rate 13 bits/sec, 0 packets/sec\n"
            "  30 second output rate 19 bits/sec, 0 packets/sec\n"
            "    2 packets input, 48 bytes, 0 no buffer\n"
            "    Received 0 broadcasts, 0 runts, 0 giants, 0 throttles\n"
            "    0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored, 0 abort\n"
            "    3 packets output, 72 bytes, 0 underruns\n"
            "    0 output errors, 0 collisions, 0 interface resets\n"
            "    0 output buffer failures, 0 output buffers swapped out\n"
            "    0 carrier transitions\n"
            "    DCD=up  DSR=up  DTR=up  RTS=up  CTS=up\n";
        const std::string expected = "\nR1#show interfaces serial 0/0/0\n"
                                     "Serial0/0/0 is up, line protocol is up (connected)\n"
                                     "  Hardware is HD64570\n"
                                     "  Internet address is 10.0.0.1/8\n" +
                                     common +
                                     "\nR2#show interfaces serial 0/0/0\n"
                                     "Serial0/0/0 is up, line protocol is up (connected)\n"
                                     "  Hardware is HD64570\n"
                                     "  Internet address is 10.0.0.2/8\n";
        NS_TEST_EXPECT_MSG_EQ(m_told.str().substr(0, expected.size()), expected, "both routers");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. and 6. States, load and reliability.
 */
class StatesTest : public SerialConsoleTestCase
{
  public:
    StatesTest()
        : SerialConsoleTestCase("every state has its line")
    {
    }

  private:
    /**
     * @brief Run, and look for lines of R1.
     * @param lines lines that must be there
     */
    void Expect(const std::vector<std::string>& lines)
    {
        Run(Seconds(75), true);
        const std::string r1 = m_told.str().substr(0, m_told.str().find("R2#"));
        for (const auto& line : lines)
        {
            NS_TEST_EXPECT_MSG_EQ((("\n" + r1).find("\n" + line + "\n") != std::string::npos),
                                  true,
                                  line << "\nis not in" << r1);
        }
    }

    /**
     * @brief Send user packets, evenly.
     * @param from who sends
     * @param packets how many per second
     * @param bytes bytes of each, without the header of HDLC
     */
    void Load(Ptr<HdlcNetDevice> from, uint32_t packets, uint32_t bytes)
    {
        for (uint32_t i = 0; i < packets * 75; i++)
        {
            Simulator::Schedule(Seconds(i) / packets, &StatesTest::Send, from, bytes);
        }
    }

    /**
     * @brief Send a packet.
     * @param from who sends
     * @param bytes its size
     */
    static void Send(Ptr<HdlcNetDevice> from, uint32_t bytes)
    {
        from->Send(Create<Packet>(bytes), from->GetBroadcast(), 0x0800);
    }

    void DoRun() override
    {
        Build();
        FailureHelper::PlugLoopback(m_r1, "plug")->Fail();
        Expect({"Serial0/0 is up, line protocol is up (looped)"});

        m_attributes["DownWhenLooped"] = "true";
        Build();
        FailureHelper::PlugLoopback(m_r1, "plug")->Fail();
        Expect({"Serial0/0 is up, line protocol is down (looped)"});
        m_attributes["DownWhenLooped"] = "false";

        Build();
        m_r2->SetAdminUp(false);
        Expect({"Serial0/0 is up, line protocol is down",
                "    0 output errors, 0 collisions, 2 interface resets",
                "    DCD=up  DSR=up  DTR=up  RTS=up  CTS=up"});

        Build();
        m_r1->SetAdminUp(false);
        Expect({"Serial0/0 is administratively down, line protocol is down",
                "    DCD=up  DSR=up  DTR=down  RTS=down  CTS=up"});

        Build();
        m_r1->GetSerialChannel()->GetWireTo(m_r1)->DropCarrier();
        Expect({"Serial0/0 is down, line protocol is down",
                "    1 carrier transitions",
                "    DCD=down  DSR=down  DTR=up  RTS=up  CTS=down"});

        Build();
        m_r1->SetPowered(false);
        Expect({"! R1 has no power"});

        Build();
        m_r1->SetKeepalive(Seconds(0), 3);
        Expect({"Serial0/0 is up, line protocol is up (connected)",
                "  Encapsulation HDLC, loopback not set, keepalive not set"});

        // 4 frames a second of 1004 bytes are 32128 bit/s of 64000, without the keepalives.
        Build();
        Load(m_r1, 4, 1000);
        Expect({"  MTU 1500 bytes, BW 64 Kbit, DLY 20000 usec, rely 255/255, load 128/255",
                "  30 second output rate 32147 bits/sec, 4 packets/sec"});

        // Every second keepalive of R2 is corrupted: one arrives of those at 45, 55 and 65 s.
        Build();
        Ptr<ReceiveListErrorModel> errors = CreateObject<ReceiveListErrorModel>();
        errors->SetList({1, 3, 5});
        FailureHelper::SetLoss(m_r1, errors);
        Expect({"  MTU 1500 bytes, BW 64 Kbit, DLY 20000 usec, rely 170/255, load 1/255",
                "    3 input errors, 3 CRC, 0 frame, 0 overrun, 0 ignored, 0 abort",
                "  Output queue 0/100, 0 drops; input queue 0/75, 0 drops"});

        // 5000 errors within 10 s are not yet too many. R2 goes on sending because it has no
        // keepalives; R1 goes down because it hears none.
        m_attributes["DataRate"] = "2Mb/s";
        for (const uint32_t packets : {500U, 501U})
        {
            Build();
            Ptr<RateErrorModel> all = CreateObject<RateErrorModel>();
            all->SetAttribute("ErrorRate", DoubleValue(1));
            FailureHelper::SetLoss(m_r1, all);
            m_r2->SetKeepalive(Seconds(0), 3);
            Load(m_r2, packets, 20);
            Expect({packets > 500 ? "Serial0/0 is up, line protocol is down (disabled)"
                                  : "Serial0/0 is up, line protocol is down"});
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. and 5. Messages.
 */
class MessagesTest : public SerialConsoleTestCase
{
  public:
    MessagesTest()
        : SerialConsoleTestCase("%LINK at once, %LINEPROTO a second later")
    {
    }

  private:
    /**
     * @brief Let the carrier of R1 go or come.
     * @param carrier whether it comes
     */
    void SetCarrier(bool carrier)
    {
        Ptr<SerialWire> wire = m_r1->GetSerialChannel()->GetWireTo(m_r1);
        carrier ? wire->RestoreCarrier() : wire->DropCarrier();
    }

    /// What happens to an end.
    using Action = void (KeepaliveNetDevice::*)(bool);

    /**
     * @brief Schedule what happens to R1.
     * @param seconds when
     * @param action what
     * @param value its argument
     */
    void At(double seconds, Action action, bool value)
    {
        Simulator::Schedule(Seconds(seconds), action, m_r1, value);
    }

    /**
     * @brief Schedule a change of the carrier of R1.
     * @param seconds when
     * @param carrier whether it comes
     */
    void CarrierAt(double seconds, bool carrier)
    {
        Simulator::Schedule(Seconds(seconds), &MessagesTest::SetCarrier, this, carrier);
    }

    void DoRun() override
    {
        const std::string link = "%LINK-3-UPDOWN: Interface Serial0/0, changed state to ";
        const std::string shut =
            "%LINK-5-CHANGED: Interface Serial0/0, changed state to administratively down;";
        const std::string line =
            "%LINEPROTO-5-UPDOWN: Line protocol on Interface Serial0/0, changed state to ";

        Build();
        Run(Seconds(60), false);
        NS_TEST_EXPECT_MSG_EQ(GetMessages(), "", "nothing happens");

        Build();
        At(21, &KeepaliveNetDevice::SetAdminUp, false);
        At(31, &KeepaliveNetDevice::SetAdminUp, true);
        Run(Seconds(60), false);
        NS_TEST_EXPECT_MSG_EQ(GetMessages(),
                              "21.000: " + shut + "22.000: " + line + "down;" + "31.000: " + link +
                                  "up;" + "32.000: " + line + "up;",
                              "shutdown and no shutdown");

        Build();
        At(21, &KeepaliveNetDevice::SetAdminUp, false);
        At(21.5, &KeepaliveNetDevice::SetAdminUp, true);
        Run(Seconds(60), false);
        NS_TEST_EXPECT_MSG_EQ(GetMessages(),
                              "21.000: " + shut + "21.500: " + link + "up;",
                              "too short for the line protocol");

        Build();
        CarrierAt(21, false);
        CarrierAt(21.25, true);
        CarrierAt(21.5, false);
        CarrierAt(41, true);
        Run(Seconds(60), false);
        NS_TEST_EXPECT_MSG_EQ(GetMessages(),
                              "21.000: " + link + "down;" + "21.250: " + link + "up;" +
                                  "21.500: " + link + "down;" + "22.500: " + line + "down;" +
                                  "41.000: " + link + "up;" + "42.000: " + line + "up;",
                              "a carrier that flaps");

        m_attributes["VerdictRule"] = "Linux";
        Build();
        CarrierAt(21, false);
        CarrierAt(31, true);
        Run(Seconds(60), false);
        NS_TEST_EXPECT_MSG_EQ(GetMessages(),
                              "06.003: " + line + "up;" + "21.000: " + link + "down;" +
                                  "22.000: " + line + "down;" + "31.000: " + link + "up;" +
                                  "36.003: " + line + "up;",
                              "a line protocol that starts down");
        m_attributes.clear();

        Build();
        At(21, &KeepaliveNetDevice::SetPowered, false);
        CarrierAt(23, false);
        CarrierAt(24, true);
        At(31, &KeepaliveNetDevice::SetPowered, true);
        Run(Seconds(60), false);
        NS_TEST_EXPECT_MSG_EQ(GetMessages(),
                              "31.000: " + link + "up;" + "32.000: " + line + "up;",
                              "crash and boot");

        Build();
        m_r2->SetAdminUp(false);
        At(41, &KeepaliveNetDevice::SetPowered, false);
        At(45, &KeepaliveNetDevice::SetPowered, true);
        Run(Seconds(60), false);
        NS_TEST_EXPECT_MSG_EQ(GetMessages(),
                              "31.000: " + line + "down;" + "45.000: " + link + "up;" +
                                  "46.000: " + line + "up;",
                              "crash and boot of a line that was down");

        Build();
        At(21, &KeepaliveNetDevice::SetAdminUp, false);
        At(21.5, &KeepaliveNetDevice::SetPowered, false);
        Run(Seconds(60), false);
        NS_TEST_EXPECT_MSG_EQ(GetMessages(), "21.000: " + shut, "dead before it could say more");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 7. The clock.
 */
class ClockTest : public TestCase
{
  public:
    ClockTest()
        : TestCase("a clock that was set wraps at midnight")
    {
    }

  private:
    void DoRun() override
    {
        std::ostringstream told;
        ConsoleTranscript transcript;
        transcript.AddStream(told);
        transcript.SetClock(Hours(23));
        transcript.Message("R", "before");
        Simulator::Schedule(Minutes(61),
                            &ConsoleTranscript::Message,
                            &transcript,
                            std::string("R"),
                            std::string("after"));
        Simulator::Run();
        Simulator::Destroy();
        NS_TEST_EXPECT_MSG_EQ(told.str(),
                              "R: 23:00:00.000: before\nR: 00:01:00.000: after\n",
                              "time of day");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class SerialTranscriptTestSuite : public TestSuite
{
  public:
    SerialTranscriptTestSuite()
        : TestSuite("keepalive-serial-transcript", TestSuite::Type::UNIT)
    {
        AddTestCase(new PublishedTranscriptTest);
        AddTestCase(new ShowInterfacesTest);
        AddTestCase(new StatesTest);
        AddTestCase(new MessagesTest);
        AddTestCase(new ClockTest);
    }
};

SerialTranscriptTestSuite g_serialTranscriptTestSuite; //!< the suite

} // namespace
} // namespace keepalive
} // namespace ns3
