/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: whatever arrives as PPP is parsed or refused, and LCP lives through it.
 *
 * A short run is part of the tests. A long one by hand, in the build directory of the fuzzers:
 *
 *     ./keepalive-fuzz-lcp -max_total_time=3600 CORPUS_DIRECTORY
 */

#include "ns3/lcp-protocol.h"
#include "ns3/ppp-control-header.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-options.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <sstream>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @brief Take a header off a packet; abort if it breaks the promises of headers.
 * @tparam T class of the header
 * @param packet the packet; without the header afterwards, if that was well formed
 * @param header the header
 * @return whether it was well formed
 */
template <typename T>
bool
Parse(Ptr<Packet> packet, T& header)
{
    std::vector<uint8_t> before(packet->GetSize());
    packet->CopyData(before.data(), packet->GetSize());
    const uint32_t consumed = packet->RemoveHeader(header);
    std::ostringstream printed;
    header.Print(printed);
    if (header.GetError())
    {
        if (consumed != 0)
        {
            std::abort(); // what is malformed must consume nothing
        }
        return false;
    }
    Ptr<Packet> again = packet->Copy();
    again->AddHeader(header);
    std::vector<uint8_t> after(again->GetSize());
    again->CopyData(after.data(), again->GetSize());
    if (before != after)
    {
        std::abort(); // what is well formed must encode to the same bytes
    }
    return true;
}

/// One end of LCP, whose packets wait until they are fetched.
class End : public LcpProtocol::Owner
{
  public:
    /**
     * @brief Create it.
     * @param magic its Magic-Number
     */
    explicit End(uint32_t magic)
        : lcp(*this, MakeConfig(magic))
    {
        lcp.AssignStreams(magic);
        lcp.Open();
        lcp.Up();
    }

    void SendControl(uint16_t, Ptr<Packet> packet) override
    {
        out.push_back(packet);
        PppControlHeader header;
        if (!Parse(packet->Copy(), header))
        {
            std::abort(); // what is sent must be well formed
        }
    }

    void ThisLayerUp(uint16_t) override
    {
        if (std::exchange(up, true))
        {
            std::abort(); // up twice
        }
    }

    void ThisLayerDown(uint16_t) override
    {
        if (!std::exchange(up, false))
        {
            std::abort(); // down twice
        }
    }

    void ThisLayerStarted(uint16_t) override
    {
    }

    void ThisLayerFinished(uint16_t) override
    {
    }

    void ControlDropped(uint16_t, Ptr<const Packet>, DropReason) override
    {
    }

    void EchoReplied(uint8_t, uint32_t) override
    {
    }

    void LineLooped() override
    {
    }

    void ProtocolRejected(uint16_t) override
    {
    }

    LcpProtocol lcp;             //!< the protocol
    std::deque<Ptr<Packet>> out; //!< what it sent
    bool up{false};              //!< whether it said that it is up

  private:
    /**
     * @brief Its configuration.
     * @param magic its Magic-Number
     * @return routers that never give up
     */
    static LcpProtocol::LcpConfig MakeConfig(uint32_t magic)
    {
        LcpProtocol::LcpConfig config;
        config.common = PppControlProtocol::Config::CiscoIos();
        config.fixedMagic = magic;
        config.mru = 1492;
        config.accm = 0;
        return config;
    }
};

/**
 * @brief Let two ends talk until they are done, or it becomes a habit.
 * @param a one
 * @param b the other
 */
void
Talk(End& a, End& b)
{
    for (int i = 0; i < 100 && !(a.out.empty() && b.out.empty()); i++)
    {
        End& from = a.out.empty() ? b : a;
        End& to = a.out.empty() ? a : b;
        Ptr<Packet> packet = from.out.front();
        from.out.pop_front();
        to.lcp.Receive(packet);
    }
}

/**
 * @brief The headers, on their own.
 * @param data the bytes
 * @param size how many
 */
void
FuzzHeaders(const uint8_t* data, uint32_t size)
{
    Ptr<Packet> packet = Create<Packet>(data, size);
    PppFrameHeader frame;
    PppControlHeader control;
    if (!Parse(packet, frame) || !Parse(packet, control))
    {
        return;
    }
    std::vector<uint8_t> bytes(control.GetDataSize());
    packet->CopyData(bytes.data(), control.GetDataSize());
    PppOptions options;
    if (options.Parse(bytes.data(), bytes.size()))
    {
        if (!options.IsEmpty())
        {
            std::abort(); // refused whole
        }
    }
    else if (options.Serialize() != bytes)
    {
        std::abort(); // unchanged
    }
    options.GetMru();
    options.GetAccm();
    options.GetMagic();
    options.GetIpAddress();
    options.GetInterfaceIdentifier();
}

/**
 * @brief An Opened link on which the input arrives.
 *
 * A first byte of each piece says how long it is, so that an input is a whole conversation.
 *
 * @param data the bytes
 * @param size how many
 */
void
FuzzConversation(const uint8_t* data, size_t size)
{
    End a(0x11);
    End b(0x22);
    Talk(a, b);
    if (!a.up || !b.up)
    {
        std::abort();
    }
    for (size_t at = 0; at < size;)
    {
        const uint8_t length = data[at++];
        const size_t piece = std::min<size_t>(length & 0x3f, size - at);
        a.lcp.Receive(Create<Packet>(data + at, static_cast<uint32_t>(piece)));
        at += piece;
        if (length & 0x40)
        {
            Talk(a, b);
        }
        if (length & 0x80)
        {
            Simulator::Stop(Seconds(3));
            Simulator::Run();
        }
        a.lcp.SendEchoRequest();
        if (a.up != a.lcp.IsOpened())
        {
            std::abort(); // it said otherwise
        }
    }

    // Whatever was said to it: with the line taken down and up once, it talks to its peer again.
    a.out.clear();
    b.out.clear();
    for (End* end : {&a, &b})
    {
        end->lcp.Down();
        end->lcp.Up();
    }
    Talk(a, b);
    if (!a.up || !b.up)
    {
        std::abort();
    }
}

} // namespace

/**
 * @brief Called by libFuzzer with one input after another.
 * @param data the bytes
 * @param size how many
 * @return 0, always
 */
extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    FuzzHeaders(data, static_cast<uint32_t>(size));
    FuzzConversation(data, size);
    Simulator::Destroy();
    return 0;
}
