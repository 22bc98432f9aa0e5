/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LCP_PROTOCOL_H
#define KEEPALIVE_LCP_PROTOCOL_H

#include "ppp-control-protocol.h"

#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One end of the Link Control Protocol of PPP: RFC 1661 sections 5 and 6.
 *
 * Negotiates the link, answers Echo-Requests and sends them when told to: it is the owner that
 * knows when, and what to make of an answer or none.
 *
 * A looped line is found by the Magic-Number (section 6.4). While negotiating, each of our own
 * requests that comes back is Nak'ed with another number and asked again with yet another, up to
 * Config::loopThreshold times in a row; from then on our own requests are dropped, so that one is
 * sent per Restart timer and not one per round trip, until a request with a foreign number comes.
 * Without a Magic-Number a looped line looks like an agreeable peer.
 *
 * Not modelled: authentication and link quality (rejected if asked for), Identification (RFC 1570;
 * answered by a Code-Reject).
 */
class LcpProtocol : public PppControlProtocol
{
  public:
    /// What the data of an Echo-Request is.
    enum EchoData : uint8_t
    {
        PEER_MAGIC, //!< four bytes, the peer's Magic-Number, as Cisco IOS sends: length 12
        NO_DATA     //!< none, as pppd and Linux send: length 8
    };

    /// What an operator configures.
    struct LcpConfig
    {
        Config common;                //!< timers and counters
        uint16_t mru{DEFAULT_MRU};    //!< what we can receive, bytes; asked for unless 1500
        std::optional<uint32_t> accm; //!< control characters to escape; none: not asked for
        bool magic{true};             //!< ask for a Magic-Number
        bool pfc{false};              //!< ask for Protocol-Field-Compression
        bool acfc{false};             //!< ask for Address-and-Control-Field-Compression
        /// The first Magic-Number of each negotiation, for transcripts; 0 means a random one
        uint32_t fixedMagic{0};
        EchoData echoData{PEER_MAGIC};  //!< data of our Echo-Requests
        uint8_t firstEchoIdentifier{1}; //!< of the first Echo-Request once Opened: IOS 1, pppd 0
        /// Own requests in a row that must come back before the line counts as looped, as pppd's
        /// lcp_loopbackfail; 1 or more
        uint32_t loopThreshold{10};
    };

    /// What one direction of the link agreed on.
    struct Negotiated
    {
        uint16_t mru{DEFAULT_MRU}; //!< Maximum-Receive-Unit, bytes
        uint32_t accm{0xffffffff}; //!< Async-Control-Character-Map, RFC 1662 section 7.1
        uint32_t magic{0};         //!< Magic-Number; 0 if none
        bool pfc{false};           //!< may receive a compressed protocol field
        bool acfc{false};          //!< may receive frames without address and control
    };

    /// Whose protocol it is. An owner of several protocols is the owner of all by this.
    class Owner : public PppControlProtocol::Owner
    {
      public:
        /**
         * @brief An answer to an Echo-Request came.
         * @param identifier its identifier, whether or not it is that of the last request
         * @param magic its Magic-Number: never our own, except 0
         */
        virtual void EchoReplied(uint8_t identifier, uint32_t magic) = 0;

        /// Something of our own came back: the line is looped. Told each time.
        virtual void LineLooped() = 0;

        /**
         * @brief The peer does not know a protocol: stop sending it (RFC 1661 section 5.7).
         * @param protocol PPP protocol number; never that of LCP
         */
        virtual void ProtocolRejected(uint16_t protocol) = 0;
    };

    /**
     * @brief Create a protocol in state Initial.
     * @param owner whose it is; must outlive the protocol
     * @param config the configuration
     */
    LcpProtocol(Owner& owner, const LcpConfig& config);

    /**
     * @brief Send an Echo-Request.
     * @return its identifier; none, and nothing sent, unless Opened and unless the peer has said
     *         that it does not know Echo-Requests
     */
    std::optional<uint8_t> SendEchoRequest();

    /**
     * @brief Tell the peer that it sends a protocol that is not spoken here.
     *
     * @param protocol PPP protocol number of what came
     * @param information what came behind the frame header; quoted as far as it fits
     * @return false, and nothing sent, unless Opened (RFC 1661 section 5.7)
     */
    bool SendProtocolReject(uint16_t protocol, Ptr<const Packet> information);

    /**
     * @brief Whether something of our own came back, and nothing foreign since.
     * @return true while the line looks looped
     */
    bool IsLooped() const;

    /**
     * @brief What the peer acknowledged: how it may send to us.
     * @return valid while Opened
     */
    const Negotiated& GetLocal() const;

    /**
     * @brief What the peer asked for: how we may send to it.
     * @return valid while Opened
     */
    const Negotiated& GetRemote() const;

    /**
     * @brief Fix the random streams.
     * @param stream first stream number to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream);

  private:
    // inherited from PppControlProtocol
    void ResetOptions() override;
    PppOptions BuildRequest() override;
    Judgement JudgeOption(const PppOptions::Option& option) override;
    void AcceptPeer(const PppOptions& options) override;
    void OnAck(const PppOptions& options) override;
    void OnNak(const PppOptions& options, bool giveUp) override;
    void OnReject(const PppOptions& options) override;
    bool IsExtendedCode(uint8_t code) const override;
    void HandleExtended(const PppControlHeader& header, Ptr<const Packet> packet) override;
    void OnCodeReject(uint8_t code) override;

    /**
     * @brief Judge a Magic-Number that the peer asks for.
     * @param option the option
     * @return the answer
     */
    Judgement JudgeMagic(const PppOptions::Option& option);

    /**
     * @brief Handle an Echo-Request, Echo-Reply or Discard-Request in state Opened.
     * @param header its header
     * @param packet from its code on
     */
    void HandleEcho(const PppControlHeader& header, Ptr<const Packet> packet);

    /**
     * @brief Handle a Protocol-Reject in state Opened.
     * @param packet from its code on
     */
    void HandleRejectedProtocol(Ptr<const Packet> packet);

    /// Something of our own came back.
    void ReportLoop();

    /**
     * @brief Draw a Magic-Number.
     * @return anything but 0 and our present one
     */
    uint32_t DrawMagic();

    Owner& m_lcpOwner;                   //!< whose protocol it is
    const LcpConfig m_lcp;               //!< the configuration
    Ptr<UniformRandomVariable> m_random; //!< draws Magic-Numbers

    Negotiated m_wanted;      //!< what we ask for
    bool m_askMru{false};     //!< ask for an MRU
    bool m_askAccm{false};    //!< ask for an ACCM
    bool m_askMagic{false};   //!< ask for a Magic-Number
    uint32_t m_nakedMagic{0}; //!< the number in our last Configure-Nak; 0 if none
    uint32_t m_loops{0};      //!< own requests that came back in a row
    bool m_looped{false};     //!< the line looks looped

    Negotiated m_local;  //!< what the peer acknowledged
    Negotiated m_remote; //!< what the peer asked for

    bool m_echoUnknown{false};       //!< the peer does not know Echo-Requests
    uint8_t m_nextEchoIdentifier{1}; //!< of the next Echo-Request
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LCP_PROTOCOL_H */
