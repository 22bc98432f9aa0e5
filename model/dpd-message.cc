/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-message.h"

#include "ike-notify.h"
#include "ike-payload.h"

namespace ns3
{
namespace keepalive
{

namespace
{

using Bytes = std::vector<uint8_t>;
using Chain = IkePayload::Chain;
using Kind = DpdMessage::Kind;

/**
 * @brief The size of a message that sets up an SA.
 * @param ikeVersion 1 or 2
 * @param kind SETUP or SETUP_REPLY
 * @return octets, as in captures of strongSwan 5.9.8
 */
uint32_t
GetSetupSize(uint8_t ikeVersion, Kind kind)
{
    if (ikeVersion == 1)
    {
        return kind == Kind::SETUP ? 180 : 160;
    }
    return kind == Kind::SETUP ? 462 : 470;
}

/**
 * @brief The payloads of a message that sets up an SA: Vendor IDs, one to fill it up.
 * @param ikeVersion 1 or 2
 * @param kind SETUP or SETUP_REPLY
 * @return the payloads
 */
Chain
MakeSetup(uint8_t ikeVersion, Kind kind)
{
    Chain chain;
    std::size_t left = GetSetupSize(ikeVersion, kind) - IkeHeader::SIZE - IkePayload::HEADER_SIZE;
    const uint8_t type = ikeVersion == 1 ? IkePayload::VENDOR_ID_1 : IkePayload::VENDOR_ID_2;
    if (ikeVersion == 1)
    {
        const auto& id = IkePayload::DPD_VENDOR_ID;
        chain.payloads.push_back({type, 0, Bytes(id.begin(), id.end())});
        left -= IkePayload::HEADER_SIZE + id.size();
    }
    chain.payloads.push_back({type, 0, Bytes(left)});
    return chain;
}

/**
 * @brief The payloads of an R-U-THERE or its ACK, in the clear.
 * @param message what it says
 * @param hash octets of the hash
 * @return the payloads
 */
Chain
MakeNotification(const DpdMessage& message, uint32_t hash)
{
    const uint16_t type =
        message.kind == Kind::REQUEST ? IkeNotify::R_U_THERE : IkeNotify::R_U_THERE_ACK;
    const IkeNotify notify =
        IkeNotify::Make(type, {message.initiatorCookie, message.responderCookie, message.sequence});
    Chain chain;
    chain.payloads.push_back({IkePayload::HASH, 0, Bytes(hash)});
    chain.payloads.push_back({IkePayload::NOTIFICATION, 0, notify.Write()});
    return chain;
}

/**
 * @brief Read the content of an IKEv1 Informational message.
 * @param header its header
 * @param body what follows
 * @param suite the cipher suite
 * @param[out] message gets kind and sequence number
 * @return what is wrong, none if nothing
 */
std::optional<DropReason>
ReadNotification(const IkeHeader& header,
                 const Bytes& body,
                 const IkeCipherSuite& suite,
                 DpdMessage& message)
{
    if (((header.GetFlags() & IkeHeader::FLAG_ENCRYPTED) != 0) != suite.encrypts)
    {
        return DropReason::AUTHENTICATION;
    }
    const std::optional<Bytes> content = suite.Open(body);
    if (!content)
    {
        return DropReason::BAD_LENGTH;
    }
    const std::optional<Chain> chain = IkePayload::Read(header.GetNextPayload(), *content);
    if (!chain)
    {
        return DropReason::BAD_LENGTH;
    }
    // RFC 2409 section 5.7: the hash comes first.
    if (chain->payloads.size() != 2 || chain->payloads[0].type != IkePayload::HASH ||
        chain->payloads[1].type != IkePayload::NOTIFICATION)
    {
        return DropReason::UNKNOWN_MESSAGE;
    }
    const std::optional<IkeNotify> notify = IkeNotify::Read(chain->payloads[1].body);
    if (!notify)
    {
        return DropReason::BAD_LENGTH;
    }
    const std::optional<IkeNotify::Dpd> dpd = notify->GetDpd();
    if (!dpd)
    {
        return DropReason::UNKNOWN_MESSAGE;
    }
    if (dpd->initiatorCookie != header.GetInitiatorCookie() ||
        dpd->responderCookie != header.GetResponderCookie())
    {
        return DropReason::BAD_COOKIE;
    }
    message.kind = notify->type == IkeNotify::R_U_THERE ? Kind::REQUEST : Kind::REPLY;
    message.sequence = dpd->sequence;
    return std::nullopt;
}

/**
 * @brief Read the content of an IKEv2 INFORMATIONAL message, which is to have none.
 * @param header its header
 * @param body what follows
 * @param suite the cipher suite
 * @return what is wrong, none if nothing
 */
std::optional<DropReason>
ReadInformational(const IkeHeader& header, const Bytes& body, const IkeCipherSuite& suite)
{
    const std::optional<Chain> chain = IkePayload::Read(header.GetNextPayload(), body);
    if (!chain || !chain->rest.empty())
    {
        return DropReason::BAD_LENGTH;
    }
    const bool encrypted =
        chain->payloads.size() == 1 && chain->payloads[0].type == IkePayload::ENCRYPTED;
    if (encrypted != suite.encrypts)
    {
        return DropReason::AUTHENTICATION;
    }
    if (!encrypted)
    {
        return chain->payloads.empty() ? std::nullopt
                                       : std::optional<DropReason>(DropReason::UNKNOWN_MESSAGE);
    }
    const std::optional<Bytes> content = suite.Open(chain->payloads[0].body);
    if (!content)
    {
        return DropReason::BAD_LENGTH;
    }
    if (chain->last != IkePayload::NONE || !content->empty())
    {
        return DropReason::UNKNOWN_MESSAGE;
    }
    return std::nullopt;
}

} // namespace

Ptr<Packet>
DpdMessage::Write(const IkeCipherSuite& suite) const
{
    const bool setup = kind == Kind::SETUP || kind == Kind::SETUP_REPLY;
    const bool reply = kind == Kind::REPLY || kind == Kind::SETUP_REPLY;
    uint8_t exchange = 0;
    uint8_t flags = 0;
    Chain chain;
    if (setup)
    {
        chain = MakeSetup(ikeVersion, kind);
    }
    else if (ikeVersion == 1)
    {
        chain = MakeNotification(*this, suite.hash);
    }
    else if (suite.encrypts)
    {
        chain.payloads.push_back({IkePayload::ENCRYPTED, 0, suite.Seal({})});
    }
    Bytes bytes = IkePayload::Write(chain);
    if (ikeVersion == 1)
    {
        exchange = setup ? IkeHeader::EXCHANGE_MAIN_MODE : IkeHeader::EXCHANGE_INFORMATIONAL_1;
        if (!setup)
        {
            bytes = suite.Seal(bytes);
            flags = suite.encrypts ? IkeHeader::FLAG_ENCRYPTED : 0;
        }
    }
    else
    {
        exchange = setup ? IkeHeader::EXCHANGE_SA_INIT : IkeHeader::EXCHANGE_INFORMATIONAL;
        flags = (fromInitiator ? IkeHeader::FLAG_INITIATOR : 0) |
                (reply ? IkeHeader::FLAG_RESPONSE : 0);
    }
    IkeHeader header;
    header.SetCookies(initiatorCookie, responderCookie);
    header.SetVersion(ikeVersion == 1 ? IkeHeader::VERSION_1 : IkeHeader::VERSION_2);
    header.SetExchange(exchange, flags);
    header.SetMessageId(messageId);
    header.SetNextPayload(chain.payloads.empty() ? IkePayload::NONE : chain.payloads[0].type);
    header.SetLength(IkeHeader::SIZE + static_cast<uint32_t>(bytes.size()));
    Ptr<Packet> packet = Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
    packet->AddHeader(header);
    return packet;
}

DpdMessage::Result
DpdMessage::Read(const IkeHeader& header, const Bytes& body, const IkeCipherSuite& suite)
{
    Result result;
    DpdMessage& message = result.message;
    message.ikeVersion = suite.ikeVersion;
    message.initiatorCookie = header.GetInitiatorCookie();
    message.responderCookie = header.GetResponderCookie();
    message.messageId = header.GetMessageId();
    if (header.GetVersion() >> 4 != suite.ikeVersion)
    {
        result.error = DropReason::BAD_VERSION;
        return result;
    }
    const bool one = suite.ikeVersion == 1;
    const bool response = (header.GetFlags() & IkeHeader::FLAG_RESPONSE) != 0;
    const uint8_t exchange = header.GetExchange();
    message.fromInitiator = (header.GetFlags() & IkeHeader::FLAG_INITIATOR) != 0;
    if (exchange == (one ? IkeHeader::EXCHANGE_MAIN_MODE : IkeHeader::EXCHANGE_SA_INIT))
    {
        const std::optional<Chain> chain = IkePayload::Read(header.GetNextPayload(), body);
        const bool reply = message.responderCookie != 0;
        message.kind = reply ? Kind::SETUP_REPLY : Kind::SETUP;
        if (!chain || !chain->rest.empty())
        {
            result.error = DropReason::BAD_LENGTH;
        }
        else if (message.initiatorCookie == 0 || (!one && response != reply))
        {
            result.error = DropReason::UNKNOWN_MESSAGE;
        }
    }
    else if (one && exchange == IkeHeader::EXCHANGE_INFORMATIONAL_1)
    {
        result.error = ReadNotification(header, body, suite, message);
    }
    else if (!one && exchange == IkeHeader::EXCHANGE_INFORMATIONAL)
    {
        message.kind = response ? Kind::REPLY : Kind::REQUEST;
        result.error = ReadInformational(header, body, suite);
    }
    else
    {
        result.error = DropReason::UNKNOWN_MESSAGE;
    }
    return result;
}

uint32_t
DpdMessage::GetNumber() const
{
    return ikeVersion == 1 ? sequence : messageId;
}

} // namespace keepalive
} // namespace ns3
