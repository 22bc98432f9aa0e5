/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: whatever arrives as EtherType 0x9000 is parsed, forwarded or refused.
 *
 * A short run is part of the tests. A long one by hand, in the build directory of the fuzzers:
 *
 *     ./keepalive-fuzz-ethernet-loop -max_total_time=3600 CORPUS_DIRECTORY
 */

#include "ns3/ethernet-loop-header.h"
#include "ns3/packet.h"

#include <cstdlib>
#include <optional>
#include <sstream>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @brief The bytes of a packet with a header in front.
 * @param packet the packet
 * @param header the header
 * @return all bytes
 */
std::vector<uint8_t>
Encode(Ptr<const Packet> packet, const EthernetLoopHeader& header)
{
    Ptr<Packet> again = packet->Copy();
    again->AddHeader(header);
    std::vector<uint8_t> bytes(again->GetSize());
    again->CopyData(bytes.data(), again->GetSize());
    return bytes;
}

/**
 * @brief Abort unless a promise is kept.
 * @param kept whether it is
 */
void
Expect(bool kept)
{
    if (!kept)
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
    const std::vector<uint8_t> before(data, data + size);
    Ptr<Packet> packet = Create<Packet>(data, static_cast<uint32_t>(size));
    EthernetLoopHeader header;
    const uint32_t consumed = packet->RemoveHeader(header);
    std::ostringstream printed;
    header.Print(printed);
    Expect(!printed.str().empty());
    if (header.GetError())
    {
        Expect(consumed == 0); // what is malformed must consume nothing
        return 0;
    }

    // What is well formed encodes to the same bytes.
    Expect(consumed == header.GetSerializedSize() && Encode(packet, header) == before);

    // A message is either one to forward, or one with a number.
    const bool forward = header.GetFunction() == EthernetLoopHeader::Function::FORWARD_DATA;
    Expect(forward == header.GetForwardAddress().has_value());
    Expect(forward || header.GetReceiptNumber().has_value());

    // It is forwarded as often as it says and no more, and only its skip count changes.
    std::size_t hops = header.GetSkipCount() / EthernetLoopHeader::FORWARD_SIZE;
    while (header.Skip())
    {
        hops++;
        const std::vector<uint8_t> after = Encode(packet, header);
        Expect(after.size() == before.size());
        Expect(std::vector<uint8_t>(after.begin() + 2, after.end()) ==
               std::vector<uint8_t>(before.begin() + 2, before.end()));
        Expect((after[0] | after[1] << 8) ==
               static_cast<int>(hops * EthernetLoopHeader::FORWARD_SIZE));
    }
    Expect(hops == header.GetNForwards());
    return 0;
}
