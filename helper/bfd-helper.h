/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_HELPER_H
#define KEEPALIVE_BFD_HELPER_H

#include "ns3/attribute.h"
#include "ns3/bfd-session.h"
#include "ns3/bfd-speaker.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/object-factory.h"
#include "ns3/ptr.h"

#include <string>
#include <utility>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Lets nodes speak BFD, and makes sessions between them.
 */
class BfdHelper
{
  public:
    BfdHelper();

    /**
     * @brief Set an attribute of the speakers to come.
     * @param name its name, such as "Offloaded"
     * @param value its value
     */
    void SetAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Set an attribute of the sessions to come, at both ends.
     * @param name its name, such as "DetectMult"
     * @param value its value
     */
    void SetSessionAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Let a node speak BFD.
     * @param node the node, with its Internet stack
     * @return its speaker, which starts at 0 s unless told otherwise; the one that it has, if it
     *         has one
     */
    Ptr<BfdSpeaker> Install(Ptr<Node> node) const;

    /**
     * @brief Add one end of a session.
     * @param speaker whose
     * @param local its own address; any if the route is to decide
     * @param remote address of the peer
     * @return the session
     */
    Ptr<BfdSession> AddSession(Ptr<BfdSpeaker> speaker,
                               Ipv4Address local,
                               Ipv4Address remote) const;

    /**
     * @brief Make a session between two speakers.
     * @param first one
     * @param firstAddress its address
     * @param second the other
     * @param secondAddress its address
     * @return the end of the first, and that of the second
     */
    std::pair<Ptr<BfdSession>, Ptr<BfdSession>> Connect(Ptr<BfdSpeaker> first,
                                                        Ipv4Address firstAddress,
                                                        Ptr<BfdSpeaker> second,
                                                        Ipv4Address secondAddress) const;

  private:
    ObjectFactory m_speakers; //!< makes speakers
    ObjectFactory m_sessions; //!< makes ends of sessions
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_HELPER_H */
