/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/async-hdlc-codec.h"
#include "ns3/boolean.h"
#include "ns3/drop-tail-queue.h"
#include "ns3/frame-check-sequence.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ppp-net-device.h"
#include "ns3/pty.h"
#include "ns3/serial-channel.h"
#include "ns3/serial-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/tty-bridge-device.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Asynchronous framing, and the bridge from a simulated line to a terminal.
 *
 * Behaviours of the codec:
 *  1. what Debian's slirp sends is decoded, and encoded to the same bytes
 *  2. the examples of RFC 1662 section 4.2, with and without control characters in the map
 *  3. every byte value, and frames of every length, survive; split anywhere
 *  4. one flag between frames is enough; many are no frames; bytes before the first are noise
 *  5. control characters need not be escaped to be received
 *  6. aborted, too short, too long and damaged frames are told with their reason, and the frame
 *     after them is sound
 *  7. memory is bounded, whatever comes
 *
 * Behaviours of the bridge, over sockets and pseudo-terminals, in simulated time:
 *  8. frames of the line are written, bytes that are read become frames of the line
 *  9. what is no frame is dropped with its reason
 * 10. if nobody reads, frames wait, then are dropped whole as QUEUE_FULL; those that waited arrive
 * 11. a hang-up is told once, nothing is polled any more, DTR goes, and all can begin anew
 * 12. an interface that is shut does not read; enabled again, it does
 * 13. two PPP devices negotiate through two bridges and a pseudo-terminal
 *
 * Behaviours of the pseudo-terminal:
 * 14. bytes pass unchanged; a command is suspended, resumed, killed; one that cannot be run ends
 */

namespace ns3
{
namespace keepalive
{
namespace
{

using Bytes = std::vector<uint8_t>;

/**
 * @brief Bytes from hexadecimal digits.
 * @param hex the digits; blanks count for nothing
 * @return the bytes
 */
Bytes
FromHex(const std::string& hex)
{
    std::string digits;
    for (const char c : hex)
    {
        digits += c == ' ' ? "" : std::string(1, c);
    }
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    {
        bytes.push_back(static_cast<uint8_t>(std::stoul(digits.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

/**
 * @brief Bytes as hexadecimal digits.
 * @param bytes the bytes
 * @return the digits
 */
std::string
ToHex(const Bytes& bytes)
{
    static const char* const digits = "0123456789abcdef";
    std::string hex;
    for (const uint8_t byte : bytes)
    {
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

/**
 * @brief Encode.
 * @param frame the frame
 * @param controls characters to escape
 * @return with flags
 */
Bytes
Encode(const Bytes& frame, uint32_t controls = AsyncHdlcCodec::ALL_CONTROLS)
{
    return AsyncHdlcCodec::Encode(frame.data(), frame.size(), controls);
}

/**
 * @brief Decode bytes.
 * @param codec the decoder
 * @param line the bytes
 * @return what it told: frames in hexadecimal, or "reason/size", separated by blanks
 */
std::string
Decode(AsyncHdlcCodec& codec, const Bytes& line)
{
    std::string told;
    for (const uint8_t byte : line)
    {
        const auto arrival = codec.Decode(byte);
        if (arrival)
        {
            told += told.empty() ? "" : " ";
            told += arrival->error
                        ? ToString(*arrival->error) + ("/" + std::to_string(arrival->frame.size()))
                        : ToHex(arrival->frame);
        }
    }
    return told;
}

/**
 * @brief Decode bytes from nothing.
 * @param line the bytes
 * @param maxSize longest frame
 * @return see above
 */
std::string
Decode(const Bytes& line, std::size_t maxSize = 1504)
{
    AsyncHdlcCodec codec(maxSize);
    return Decode(codec, line);
}

/**
 * @brief A frame with bytes that differ.
 * @param size bytes
 * @param first value of the first of them
 * @return the frame
 */
Bytes
Count(std::size_t size, uint8_t first = 0)
{
    Bytes bytes;
    for (std::size_t i = 0; i < size; i++)
    {
        bytes.push_back(static_cast<uint8_t>(first + i));
    }
    return bytes;
}

/// Behaviours 1 and 2.
class ExamplesTestCase : public TestCase
{
  public:
    ExamplesTestCase()
        : TestCase("Frames of slirp, and examples of RFC 1662")
    {
    }

  private:
    void DoRun() override
    {
        // Configure-Request and Configure-Ack of slirp 1.0.17, as they came from its terminal.
        const std::string request = "ff03c02101010012010405dc05068d738f1d07020802";
        const std::string requestLine = "7eff7d23c0217d217d217d207d327d217d247d25dc7d257d268d738f"
                                        "7d3d7d277d227d287d227d30cf7e";
        const std::string ack = "ff03c0210201000a050601020304";
        const std::string ackLine = "7eff7d23c0217d227d217d207d2a7d257d267d217d227d237d24afd67e";
        NS_TEST_EXPECT_MSG_EQ(Decode(FromHex(requestLine + ackLine)),
                              request + " " + ack,
                              "frames of slirp");
        NS_TEST_EXPECT_MSG_EQ(ToHex(Encode(FromHex(request))), requestLine, "the same bytes");
        NS_TEST_EXPECT_MSG_EQ(ToHex(Encode(FromHex(ack))), ackLine, "the same bytes");

        // RFC 1662 section 4.2: flag, escape, and what a map may name.
        const Bytes special = FromHex("7e 7d 03 11 13 91 93");
        NS_TEST_EXPECT_MSG_EQ(ToHex(Encode(special)).substr(0, 26),
                              "7e7d5e7d5d7d237d317d339193",
                              "all escaped");
        NS_TEST_EXPECT_MSG_EQ(ToHex(Encode(special, 0)).substr(0, 20),
                              "7e7d5e7d5d0311139193",
                              "none but flag and escape");
        NS_TEST_EXPECT_MSG_EQ(ToHex(Encode(special, 1U << 0x11)).substr(0, 22),
                              "7e7d5e7d5d037d31139193",
                              "one of them");
        // "It may be necessary to escape the FCS": find a frame for each, and look.
        bool low = false;
        bool flag = false;
        for (uint32_t i = 0; i < 65536 && !(low && flag); i++)
        {
            const Bytes frame = {0xff, static_cast<uint8_t>(i >> 8), static_cast<uint8_t>(i)};
            const uint32_t fcs = ComputeFcs(FCS_16, frame.data(), frame.size());
            const bool isLow = (fcs & 0xff) < 32;
            const bool isFlag = fcs >> 8 == AsyncHdlcCodec::FLAG;
            if (isLow || isFlag)
            {
                low = low || isLow;
                flag = flag || isFlag;
                NS_TEST_EXPECT_MSG_EQ(Decode(Encode(frame)), ToHex(frame), "escaped sequence");
            }
        }
        NS_TEST_EXPECT_MSG_EQ((low && flag), true, "frames with such sequences");
    }
};

/// Behaviours 3 and 5.
class RoundTripTestCase : public TestCase
{
  public:
    RoundTripTestCase()
        : TestCase("Every byte and every length survive, split anywhere")
    {
    }

  private:
    void DoRun() override
    {
        for (std::size_t size = 2; size < 300; size++)
        {
            for (const uint32_t controls : {0xffffffffU, 0U, 0x000a0000U})
            {
                const Bytes frame = Count(size, static_cast<uint8_t>(size * 7));
                NS_TEST_EXPECT_MSG_EQ(Decode(Encode(frame, controls)),
                                      ToHex(frame),
                                      "size " << size);
            }
        }
        const Bytes controls(32, 0x11);
        NS_TEST_EXPECT_MSG_EQ(Encode(controls).size(), 1 + 2 * 32 + 2 + 1, "all escaped");
        const Bytes frame = Count(256);
        const Bytes line = Encode(frame);
        NS_TEST_EXPECT_MSG_EQ((*std::min_element(line.begin(), line.end()) >= 32), true, "escaped");
        AsyncHdlcCodec codec(256);
        for (std::size_t split = 1; split < line.size(); split++)
        {
            const Bytes head(line.begin(), line.begin() + split);
            const Bytes tail(line.begin() + split, line.end());
            NS_TEST_EXPECT_MSG_EQ(Decode(codec, head), "", "before its end, split " << split);
            NS_TEST_EXPECT_MSG_EQ(Decode(codec, tail), ToHex(frame), "split " << split);
        }
    }
};

/// Behaviours 4, 6 and 7.
class HostileTestCase : public TestCase
{
  public:
    HostileTestCase()
        : TestCase("Flags, noise, and what is no frame")
    {
    }

  private:
    void DoRun() override
    {
        const Bytes frame = FromHex("ff03c0210901000801020304");
        const std::string sound = ToHex(frame);
        const Bytes line = Encode(frame);
        const std::string hex = ToHex(line);
        const std::string open = hex.substr(0, hex.size() - 2); // without its last flag

        // An escape that is escaped stands for what it would: whoever sends it has no need to.
        const std::string bracket = ToHex(Encode({0x5d, 0x5e, 0x40}));
        NS_TEST_EXPECT_MSG_EQ(bracket.substr(0, 4), "7e5d", "not escaped");
        NS_TEST_EXPECT_MSG_EQ(Decode(FromHex("7e7d7d" + bracket.substr(4))), "5d5e40", "escaped");

        AsyncHdlcCodec codec(1504);
        NS_TEST_EXPECT_MSG_EQ(Decode(codec, FromHex("48656c6c6f0d0a7d" + hex)), sound, "greeting");
        NS_TEST_EXPECT_MSG_EQ(codec.GetNoiseBytes(), 8, "noise");
        NS_TEST_EXPECT_MSG_EQ(Decode(codec, FromHex(hex.substr(2))), sound, "shared flag");
        NS_TEST_EXPECT_MSG_EQ(Decode(codec, FromHex("7e7e7e" + hex + "7e7e")), sound, "fill");
        NS_TEST_EXPECT_MSG_EQ(codec.GetNoiseBytes(), 8, "no more noise");

        NS_TEST_EXPECT_MSG_EQ(Decode(FromHex(open + "7d" + hex)), "truncated/14 " + sound, "abort");
        NS_TEST_EXPECT_MSG_EQ(Decode(FromHex("7e7d" + hex)), "truncated/0 " + sound, "abort");
        NS_TEST_EXPECT_MSG_EQ(Decode(FromHex("7e00" + hex)), "truncated/1 " + sound, "short");
        // One byte with the right sequence is too short all the same.
        NS_TEST_EXPECT_MSG_EQ(Decode(Encode({0x41})), "truncated/3", "short, but right");
        NS_TEST_EXPECT_MSG_EQ(Decode(Encode({0x41, 0x42})), "4142", "the shortest");
        NS_TEST_EXPECT_MSG_EQ(Decode(FromHex("7e41424344" + hex)), "bad-fcs/4 " + sound, "damaged");
        NS_TEST_EXPECT_MSG_EQ(Decode(Encode(Count(20)), 20), ToHex(Count(20)), "the longest");
        NS_TEST_EXPECT_MSG_EQ(Decode(Encode(Count(21)), 20), "too-big/22", "too long");
        AsyncHdlcCodec small(20);
        NS_TEST_EXPECT_MSG_EQ(Decode(small, Encode(Count(500))), "too-big/22", "much too long");
        NS_TEST_EXPECT_MSG_EQ(Decode(small, line), sound, "and then sound");
        for (std::size_t i = 1; i + 1 < line.size(); i++)
        {
            Bytes damaged = line;
            damaged[i] ^= 0x40;
            const std::string told = Decode(damaged);
            NS_TEST_EXPECT_MSG_EQ((told.find(sound) == std::string::npos), true, "byte " << i);
        }

        AsyncHdlcCodec flooded(20);
        NS_TEST_EXPECT_MSG_EQ(Decode(flooded, Bytes(100000, 0x55)), "", "no flag ever");
        NS_TEST_EXPECT_MSG_EQ(flooded.GetPendingBytes(), 0, "kept of noise");
        NS_TEST_EXPECT_MSG_EQ(Decode(flooded, {0x7e}), "", "a flag");
        NS_TEST_EXPECT_MSG_EQ(Decode(flooded, Bytes(100000, 0x55)), "", "no flag again");
        NS_TEST_EXPECT_MSG_EQ(flooded.GetPendingBytes(), 22, "kept of a frame");
    }
};

/**
 * @brief Whether this process may have pseudo-terminals, as it may not in some containers.
 * @return true if it may
 */
bool
HasTerminals()
{
    Pty pty;
    return !pty.Open();
}

/// The far end of a bridge's line: its frames are what is asked for, and what arrives is recorded.
class FarEnd : public SerialNetDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::keepalive::tests::FarEnd")
                                .SetParent<SerialNetDevice>()
                                .SetGroupName("Keepalive")
                                .AddConstructor<FarEnd>();
        return tid;
    }

    FarEnd()
        : SerialNetDevice("far")
    {
    }

    /**
     * @brief Send a frame.
     * @param frame its bytes
     */
    void Transmit(const Bytes& frame)
    {
        SendControlFrame(Create<Packet>(frame.data(), static_cast<uint32_t>(frame.size())));
    }

    std::string m_received; //!< frames in hexadecimal, separated by blanks

  private:
    std::optional<DropReason> Encapsulate(Ptr<Packet>, uint16_t) override
    {
        return DropReason::UNSUPPORTED_PROTOCOL;
    }

    void ReceiveFrame(Ptr<Packet> frame) override
    {
        Bytes bytes(frame->GetSize());
        frame->CopyData(bytes.data(), frame->GetSize());
        m_received += (m_received.empty() ? "" : " ") + ToHex(bytes);
    }

    void SendProbe() override
    {
    }
};

NS_OBJECT_ENSURE_REGISTERED(FarEnd);

/// A test case with a line from a FarEnd to a bridge, and somebody behind it.
class BridgeTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     * @param pty a pseudo-terminal, not a pair of sockets
     */
    BridgeTestCase(const std::string& name, bool pty)
        : TestCase(name + (pty ? ", through a pseudo-terminal" : ", through a socket")),
          m_isPty(pty)
    {
    }

  protected:
    void DoSetup() override
    {
        m_isPty = m_isPty && HasTerminals(); // sockets have to do where there are none
        m_nodes = NodeContainer(2);
        SerialHelper far("ns3::keepalive::tests::FarEnd");
        far.SetDeviceAttribute("DataRate", StringValue("10Mb/s"));
        far.SetChannelAttribute("DtrDrivesCarrier", BooleanValue(true));
        SerialHelper tty("ns3::keepalive::TtyBridgeDevice");
        tty.SetDeviceAttribute("DataRate", StringValue("10Mb/s"));
        tty.SetDeviceAttribute("WriteBuffer", UintegerValue(4096));
        tty.SetDeviceAttribute("Mtu", UintegerValue(1500));
        Ptr<SerialChannel> line = far.CreateChannel();
        m_far = DynamicCast<FarEnd>(far.InstallEnd(m_nodes.Get(0), line));
        m_bridge = DynamicCast<TtyBridgeDevice>(tty.InstallEnd(m_nodes.Get(1), line));
        m_bridge->TraceConnectWithoutContext("Hangup",
                                             MakeCallback(&BridgeTestCase::TakeHangup, this));
        m_bridge->TraceConnectWithoutContext("Drop", MakeCallback(&BridgeTestCase::TakeDrop, this));
        OpenPair();
    }

    void DoTeardown() override
    {
        Simulator::Destroy();
        CloseFar();
        CloseNear();
        m_nodes = NodeContainer();
        m_far = nullptr;
        m_bridge = nullptr;
    }

    /// Open a new pair, and give one of it to the bridge.
    void OpenPair()
    {
        m_pty.reset();
        if (m_isPty)
        {
            m_pty = std::make_unique<Pty>();
            NS_TEST_EXPECT_MSG_EQ(m_pty->Open().value_or(""), "", "pseudo-terminal");
            m_pair[0] = m_pty->GetDescriptor();
            m_pair[1] = dup(m_pty->GetOtherSide());
        }
        else
        {
            NS_TEST_EXPECT_MSG_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, m_pair), 0, "sockets");
        }
        fcntl(m_pair[1], F_SETFL, O_NONBLOCK);
        m_bridge->SetDescriptor(m_pair[0]);
    }

    /// Close the side of whoever is behind the bridge.
    void CloseFar()
    {
        if (m_pty)
        {
            // It has the other side open, too, until a command takes it.
            NS_TEST_EXPECT_MSG_EQ(m_pty->Start("true", "/dev/null").value_or(""), "", "start");
            m_pty->Kill();
        }
        if (m_pair[1] >= 0)
        {
            close(m_pair[1]);
        }
        m_pair[1] = -1;
    }

    /// Close the bridge's side.
    void CloseNear()
    {
        if (!m_isPty)
        {
            close(m_pair[0]);
        }
        m_pty.reset();
    }

    /**
     * @brief Let simulated time pass.
     * @param milliseconds how much
     */
    static void Pass(int64_t milliseconds)
    {
        Simulator::Stop(MilliSeconds(milliseconds));
        Simulator::Run();
    }

    /**
     * @brief Write to the bridge from behind.
     * @param bytes what
     */
    void Put(const Bytes& bytes)
    {
        const auto size = static_cast<long>(bytes.size());
        NS_TEST_EXPECT_MSG_EQ(write(m_pair[1], bytes.data(), bytes.size()), size, "written");
    }

    /**
     * @brief Read what the bridge wrote.
     * @return all of it
     */
    Bytes Take()
    {
        Bytes all;
        uint8_t bytes[65536];
        long size = 0;
        while ((size = read(m_pair[1], bytes, sizeof(bytes))) > 0)
        {
            all.insert(all.end(), bytes, bytes + size);
        }
        return all;
    }

    bool m_isPty;                  //!< a pseudo-terminal
    NodeContainer m_nodes;         //!< of both ends of the line
    Ptr<FarEnd> m_far;             //!< one end of the line
    Ptr<TtyBridgeDevice> m_bridge; //!< the other end
    std::unique_ptr<Pty> m_pty;    //!< what is behind it
    int m_pair[2]{-1, -1};         //!< the bridge's side, and the other one
    std::string m_drops;           //!< what the bridge dropped: "reason/size" each
    std::string m_hangups;         //!< error numbers

  private:
    // trace sinks
    void TakeHangup(int error)
    {
        m_hangups += std::to_string(error) + " ";
    }

    void TakeDrop(Ptr<const Packet> packet, DropReason reason)
    {
        m_drops += std::string(ToString(reason)) + "/" + std::to_string(packet->GetSize()) + " ";
    }
};

/// Behaviours 8, 9 and 12.
class PassTestCase : public BridgeTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param pty a pseudo-terminal, not a pair of sockets
     */
    explicit PassTestCase(bool pty)
        : BridgeTestCase("Frames pass both ways, what is none is dropped", pty)
    {
    }

  private:
    void DoRun() override
    {
        Pass(5);
        NS_TEST_EXPECT_MSG_EQ(m_bridge->IsLineUp(), true, "up without any protocol");
        const Bytes all = Count(256);
        const Bytes frame = FromHex("ff03c0210901000801020304");
        m_far->Transmit(frame);
        m_far->Transmit(all);
        Pass(5);
        NS_TEST_EXPECT_MSG_EQ(ToHex(Take()), ToHex(Encode(frame)) + ToHex(Encode(all)), "written");
        NS_TEST_EXPECT_MSG_EQ(m_far->m_received, "", "nothing comes back");

        const Bytes line = Encode(all);
        Put(FromHex("68656c6c6f"));
        Put(Bytes(line.begin(), line.begin() + 100));
        Pass(5);
        NS_TEST_EXPECT_MSG_EQ(m_far->m_received, "", "half a frame");
        Put(Bytes(line.begin() + 100, line.end()));
        Put(Encode(frame, 0));
        Pass(5);
        NS_TEST_EXPECT_MSG_EQ(m_far->m_received, ToHex(all) + " " + ToHex(frame), "read");
        NS_TEST_EXPECT_MSG_EQ(m_bridge->GetNoiseBytes(), 5, "greeting");

        m_far->m_received.clear();
        Put(FromHex("7e 41424344 7e 7d7e 417e"));
        Put(Encode(Count(1504)));
        Pass(5);
        Put(Encode(Count(1505)));
        Pass(5);
        NS_TEST_EXPECT_MSG_EQ(m_drops, "bad-fcs/4 truncated/0 truncated/1 too-big/1506 ", "drops");
        NS_TEST_EXPECT_MSG_EQ(m_far->m_received, ToHex(Count(1504)), "the longest frame");
        NS_TEST_EXPECT_MSG_EQ(m_bridge->GetCounters().txPackets, 3, "frames read");
        NS_TEST_EXPECT_MSG_EQ(m_bridge->GetCounters().rxPackets, 2, "frames written");

        m_far->m_received.clear();
        m_bridge->SetAdminUp(false);
        Put(Encode(frame));
        Pass(20);
        NS_TEST_EXPECT_MSG_EQ(m_far->m_received, "", "shut");
        NS_TEST_EXPECT_MSG_EQ(m_far->HasCarrier(), false, "DTR goes with it");
        m_bridge->SetAdminUp(true);
        Pass(20);
        NS_TEST_EXPECT_MSG_EQ(m_far->m_received, ToHex(frame), "enabled");
        NS_TEST_EXPECT_MSG_EQ(m_far->HasCarrier(), true, "and comes back");
        NS_TEST_EXPECT_MSG_EQ(m_hangups, "", "nobody hung up");
    }
};

/// Behaviour 10.
class FullTestCase : public BridgeTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param pty a pseudo-terminal, not a pair of sockets
     */
    explicit FullTestCase(bool pty)
        : BridgeTestCase("If nobody reads, frames wait, then are dropped", pty)
    {
    }

  private:
    void DoRun() override
    {
        Pass(5);
        uint32_t sent = 0;
        // No kernel buffers more than this.
        while (m_drops.empty() && sent < 100000)
        {
            Bytes frame = Count(200);
            frame[0] = static_cast<uint8_t>(sent >> 16);
            frame[1] = static_cast<uint8_t>(sent >> 8);
            frame[2] = static_cast<uint8_t>(sent);
            m_far->Transmit(frame);
            sent++;
            Pass(1);
        }
        NS_TEST_EXPECT_MSG_EQ(m_drops, "queue-full/200 ", "the first without room");
        NS_TEST_EXPECT_MSG_EQ((m_bridge->GetPendingBytes() <= 4096), true, "bound");
        NS_TEST_EXPECT_MSG_EQ((m_bridge->GetPendingBytes() > 0), true, "some wait");

        AsyncHdlcCodec codec(1504);
        uint32_t arrived = 0;
        for (int i = 0; i < 1000 && arrived < sent - 1; i++)
        {
            for (const uint8_t byte : Take())
            {
                const auto arrival = codec.Decode(byte);
                if (arrival)
                {
                    NS_TEST_EXPECT_MSG_EQ((arrival->error == std::nullopt), true, "sound");
                    NS_TEST_EXPECT_MSG_EQ((arrival->frame[1] << 8 | arrival->frame[2]),
                                          static_cast<int>(arrived & 0xffff),
                                          "in order");
                    arrived++;
                }
            }
            Pass(2);
        }
        NS_TEST_EXPECT_MSG_EQ(arrived, sent - 1, "all but the one dropped");
        NS_TEST_EXPECT_MSG_EQ(m_bridge->GetPendingBytes(), 0, "nothing waits");
        for (int i = 0; i < 100000 && m_bridge->GetPendingBytes() == 0; i++)
        {
            m_far->Transmit(Count(200));
            Pass(1);
        }
        NS_TEST_EXPECT_MSG_EQ((m_bridge->GetPendingBytes() > 0), true, "some wait again");
        m_bridge->SetAdminUp(false);
        NS_TEST_EXPECT_MSG_EQ(m_bridge->GetPendingBytes(), 0, "not for an interface that is shut");
    }
};

/// Behaviour 11.
class HangupTestCase : public BridgeTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param pty a pseudo-terminal, not a pair of sockets
     * @param writing whether it is found out by writing
     */
    HangupTestCase(bool pty, bool writing)
        : BridgeTestCase(writing ? "A hang-up while writing" : "A hang-up while reading", pty),
          m_writing(writing)
    {
    }

  private:
    void DoRun() override
    {
        const Bytes frame = FromHex("ff03c0210901000801020304");
        Simulator::Stop(MicroSeconds(5300)); // between two looks
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_far->HasCarrier(), true, "somebody is there");
        Put(Encode(frame));
        if (m_writing)
        {
            m_far->Transmit(frame); // arrives before the next look
        }
        CloseFar();
        Pass(50);
        NS_TEST_EXPECT_MSG_EQ((m_hangups.find(' ') == m_hangups.size() - 1), true, "told once");
        NS_TEST_EXPECT_MSG_EQ(m_bridge->IsConnected(), false, "nobody is there");
        NS_TEST_EXPECT_MSG_EQ(m_far->HasCarrier(), false, "no carrier");
        NS_TEST_EXPECT_MSG_EQ(m_bridge->IsLineUp(), true, "the bridge itself is up");
        Simulator::Run(); // returns: nothing is polled
        if (!m_writing)
        {
            NS_TEST_EXPECT_MSG_EQ(m_hangups, m_isPty ? std::to_string(EIO) + " " : "0 ", "why");
            NS_TEST_EXPECT_MSG_EQ(m_bridge->GetCounters().txPackets, 1, "read before the end");
        }
        m_bridge->Receive(Create<Packet>(10), true);
        NS_TEST_EXPECT_MSG_EQ(m_drops, "no-carrier/10 ", "nobody to write to");

        m_far->m_received.clear();
        m_hangups.clear();
        CloseNear();
        OpenPair();
        Pass(5);
        Put(Encode(frame));
        Pass(5);
        m_far->Transmit(frame);
        Pass(5);
        NS_TEST_EXPECT_MSG_EQ(m_far->m_received, ToHex(frame), "begun anew");
        NS_TEST_EXPECT_MSG_EQ(ToHex(Take()), ToHex(Encode(frame)), "both ways");
        NS_TEST_EXPECT_MSG_EQ(m_hangups, "", "somebody is there");
        m_bridge->SetDescriptor(-1);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_far->HasCarrier(), false, "taken away");
    }

    bool m_writing; //!< found out by writing
};

/// Behaviour 13.
class PppTestCase : public TestCase
{
  public:
    PppTestCase()
        : TestCase("Two PPP devices talk through two bridges and a pseudo-terminal")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasTerminals())
        {
            return;
        }
        Pty pty;
        NS_TEST_ASSERT_MSG_EQ(pty.Open().value_or(""), "", "pseudo-terminal");
        const NodeContainer nodes(4);
        Ptr<PppNetDevice> ends[2];
        for (const uint32_t i : {0U, 1U})
        {
            SerialHelper ppp("ns3::keepalive::PppNetDevice");
            ppp.SetKeepalive(Seconds(1), 3);
            ppp.SetDeviceAttribute("Ipv4", BooleanValue(false));
            SerialHelper tty("ns3::keepalive::TtyBridgeDevice");
            Ptr<SerialChannel> line = ppp.CreateChannel();
            ends[i] = DynamicCast<PppNetDevice>(ppp.InstallEnd(nodes.Get(i), line));
            Ptr<TtyBridgeDevice> bridge =
                DynamicCast<TtyBridgeDevice>(tty.InstallEnd(nodes.Get(2 + i), line));
            bridge->SetDescriptor(i == 0 ? pty.GetDescriptor() : pty.GetOtherSide());
        }
        Simulator::Stop(Seconds(10));
        Simulator::Run();
        for (const auto& end : ends)
        {
            NS_TEST_EXPECT_MSG_EQ(end->IsLineUp(), true, "up");
            NS_TEST_EXPECT_MSG_EQ((end->GetCounters().keepalivesHeard >= 7), true, "answered");
        }
        Simulator::Destroy();
    }
};

/// Behaviour 14.
class PtyTestCase : public TestCase
{
  public:
    PtyTestCase()
        : TestCase("Commands on a pseudo-terminal")
    {
    }

  private:
    /**
     * @brief Send all bytes, and see whether they come back.
     * @param pty with a command that returns them
     * @param tries how often to look, every 10 ms
     * @return what came back
     */
    static std::string Bounce(Pty& pty, int tries)
    {
        const Bytes all = Count(256);
        Bytes back;
        if (write(pty.GetDescriptor(), all.data(), all.size()) < 0)
        {
            return "error";
        }
        for (int i = 0; i < tries && back.size() < all.size(); i++)
        {
            uint8_t bytes[512];
            const long size = read(pty.GetDescriptor(), bytes, sizeof(bytes));
            back.insert(back.end(), bytes, bytes + std::max(0L, size));
            usleep(10000);
        }
        return ToHex(back);
    }

    void DoRun() override
    {
        if (!HasTerminals())
        {
            return;
        }
        const std::string all = ToHex(Count(256));
        Pty pty;
        NS_TEST_EXPECT_MSG_EQ(pty.Suspend(), false, "no command yet");
        NS_TEST_EXPECT_MSG_EQ(pty.Start("cat", "/dev/null").has_value(), true, "nothing open");
        NS_TEST_ASSERT_MSG_EQ(pty.Open().value_or(""), "", "open");
        fcntl(pty.GetDescriptor(), F_SETFL, O_NONBLOCK);
        NS_TEST_ASSERT_MSG_EQ(pty.Start("cat", "/dev/null").value_or(""), "", "start");
        NS_TEST_EXPECT_MSG_EQ(Bounce(pty, 1000), all, "unchanged");
        NS_TEST_EXPECT_MSG_EQ(pty.Suspend(), true, "suspended");
        NS_TEST_EXPECT_MSG_EQ(Bounce(pty, 10), "", "silent");
        NS_TEST_EXPECT_MSG_EQ(pty.GetExitStatus().has_value(), false, "not dead");
        NS_TEST_EXPECT_MSG_EQ(pty.Resume(), true, "resumed");
        NS_TEST_EXPECT_MSG_EQ(Bounce(pty, 1000).substr(0, 512), all, "what it had not read");
        pty.Kill();
        NS_TEST_EXPECT_MSG_EQ(pty.GetExitStatus().value_or(-1), 128 + 9, "killed");
        NS_TEST_EXPECT_MSG_EQ(pty.Resume(), false, "nobody there");

        Pty other;
        NS_TEST_ASSERT_MSG_EQ(other.Open().value_or(""), "", "open");
        NS_TEST_EXPECT_MSG_EQ(other.Start("/no/such/command", "/dev/null").has_value(),
                              false,
                              "start");
        for (int i = 0; i < 1000 && !other.GetExitStatus(); i++)
        {
            usleep(10000);
        }
        NS_TEST_EXPECT_MSG_EQ(other.GetExitStatus().value_or(-1), 127, "cannot be run");
        Pty none;
        NS_TEST_EXPECT_MSG_EQ(none.OpenTty("/no/such/tty").has_value(), true, "no such terminal");
        Pty file;
        NS_TEST_EXPECT_MSG_EQ(file.OpenTty("/dev/null").has_value(), true, "no terminal");
    }
};

/// The suite.
class AsyncHdlcTestSuite : public TestSuite
{
  public:
    AsyncHdlcTestSuite()
        : TestSuite("keepalive-async-hdlc")
    {
        AddTestCase(new ExamplesTestCase);
        AddTestCase(new RoundTripTestCase);
        AddTestCase(new HostileTestCase);
        for (const bool pty : {false, true})
        {
            AddTestCase(new PassTestCase(pty));
            AddTestCase(new FullTestCase(pty));
            AddTestCase(new HangupTestCase(pty, false));
            AddTestCase(new HangupTestCase(pty, true));
        }
        AddTestCase(new PppTestCase);
        AddTestCase(new PtyTestCase);
    }
};

AsyncHdlcTestSuite g_asyncHdlcTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
