"""Turns compact lists into everything the prose is made of: names, regions, tags and words.

The anatomical names are common knowledge; what is said about them is made up and no medical advice.
"""

from __future__ import annotations


def commas(text: str) -> list[str]:
    """The entries of a list that is separated by commas."""
    return [word.strip() for word in text.replace("\n", " ").split(",") if word.strip()]


REGIONS = [
    ("head", "Head"),
    ("face", "Face"),
    ("jaw", "Jaw"),
    ("neck-front", "Front of neck"),
    ("neck-back", "Back of neck"),
    ("shoulder-front", "Front of shoulder"),
    ("shoulder-back", "Back of shoulder"),
    ("upper-arm", "Upper arm"),
    ("elbow", "Elbow"),
    ("forearm", "Forearm"),
    ("wrist", "Wrist"),
    ("hand", "Hand"),
    ("chest", "Chest"),
    ("upper-back", "Upper back"),
    ("mid-back", "Mid back"),
    ("lower-back", "Lower back"),
    ("abdomen", "Abdomen"),
    ("pelvis", "Pelvis"),
    ("hip", "Hip"),
    ("thigh-front", "Front of thigh"),
    ("thigh-back", "Back of thigh"),
    ("knee", "Knee"),
    ("calf", "Calf"),
    ("foot", "Foot"),
]

MUSCLE_NAMES = commas("""
Trapezius, Levator scapulae, Sternocleidomastoid, Scalenes, Splenius capitis, Splenius cervicis,
Semispinalis capitis, Suboccipitals, Masseter, Temporalis, Medial pterygoid, Lateral pterygoid,
Digastric, Platysma, Deltoid, Supraspinatus, Infraspinatus, Teres minor, Teres major, Subscapularis,
Latissimus dorsi, Rhomboid major, Rhomboid minor, Serratus anterior, Serratus posterior superior,
Pectoralis major, Pectoralis minor, Subclavius, Biceps brachii, Brachialis, Coracobrachialis,
Triceps brachii, Anconeus, Brachioradialis, Pronator teres, Supinator, Extensor carpi radialis,
Extensor carpi ulnaris, Extensor digitorum, Flexor carpi radialis, Flexor carpi ulnaris, Flexor
digitorum, Adductor pollicis, Iliocostalis, Longissimus thoracis, Multifidi, Rotatores, Quadratus
lumborum, Psoas major, Iliacus, Rectus abdominis, External oblique, Internal oblique, Transversus
abdominis, Pelvic floor, Gluteus maximus, Gluteus medius, Gluteus minimus, Piriformis, Obturator
internus, Tensor fasciae latae, Sartorius, Rectus femoris, Vastus lateralis, Vastus medialis, Vastus
intermedius, Adductor longus, Adductor magnus, Gracilis, Pectineus, Biceps femoris, Semitendinosus,
Semimembranosus, Popliteus, Gastrocnemius, Soleus, Plantaris, Tibialis anterior, Tibialis posterior,
Fibularis longus, Fibularis brevis, Extensor hallucis longus, Flexor hallucis longus, Abductor
hallucis, Quadratus plantae
""")

MUSCLE_PARTS = [
    "", "upper fibres", "lower fibres", "deep layer", "middle fibres", "superficial layer",
    "proximal part", "distal part", "inner portion", "outer portion",
]

SERVICES = commas("""
Deep tissue massage, Trigger point therapy, Myofascial release, Sports massage, Relaxation massage,
Dry needling session, Postural assessment, Movement screening, Stretching programme, Strength
coaching, Running analysis, Desk ergonomics visit, Prenatal massage, Post-event recovery, Jaw and
face treatment, Headache consultation, Lymphatic massage, Cupping session, Scar tissue work, Joint
mobilisation, Breathing retraining, Home exercise review, Group mobility class, Online follow-up
""")

TAGS = commas("""
stretching, self-care, ergonomics, desk work, running, cycling, swimming, lifting, posture, sleep,
breathing, headache, stiffness, soreness, warm-up, cool-down, recovery, mobility, strength, balance,
coordination, foam rolling, massage ball, heat, cold, hydration, travel, driving, gardening,
parenting, office, students, musicians, dancers, climbers, tennis, golf, football, yoga, pilates,
older adults, teenagers, pregnancy, beginners, routine, myths, anatomy, research notes, home
exercise, prevention, workload, pacing, habits, stress, footwear, seasonal, checklist, case notes,
clinic news, tools
""")

AUTHORS = [
    "Ada Lindqvist", "Bruno Okafor", "Celia Marañón", "Dario Venturi", "Esther Kowal",
    "Farid Noor", "Grace Whitlow", "Hélène Moreau",
]

# What a slot such as `{part}` can be filled with: single words, or phrases between bars.
SLOT_WORDS = {
    "adj": (
        "gentle slow steady careful brief relaxed controlled patient light firm gradual even "
        "quiet moderate regular deliberate easy mild"
    ),
    "feel": "tight tender heavy restricted warm sore sensitive stiff tired guarded stubborn loaded",
    "part": (
        "shoulder|neck|upper back|lower back|hip|calf|forearm|jaw|chest|thigh|foot|hand|"
        "rib cage|pelvis"
    ),
    "act": (
        "walking|reaching overhead|sitting at a desk|carrying a bag|climbing stairs|"
        "turning the head|typing|lifting a child|driving|sleeping on one side|running uphill|"
        "swimming|standing in line"
    ),
    "tool": (
        "a soft ball|a foam roller|a folded towel|a warm pack|a wall|a chair|a resistance band|"
        "a strap|two fingertips|the heel of the hand"
    ),
    "time": (
        "twenty seconds|half a minute|one minute|two minutes|five slow breaths|three rounds|"
        "ten repetitions"
    ),
    "freq": (
        "twice a day|every other day|after work|before bed|on training days|in the morning|"
        "once an hour|three times a week"
    ),
    "who": (
        "most people|many clients|some readers|a few runners|office workers|new parents|"
        "older adults|people who travel a lot|beginners"
    ),
    "good": (
        "ease|comfort|range of motion|control|endurance|confidence|balance|a sense of space|"
        "warmth"
    ),
    "bad": (
        "a dull ache|a pulling sensation|morning stiffness|a band of tension|fatigue|"
        "a nagging twinge|limited rotation|a heavy feeling"
    ),
    "adv": "slowly gently usually often rarely sometimes gradually quietly steadily noticeably",
    "tissue": (
        "muscle|tendon|fascia|joint|surrounding tissue|muscle belly|attachment|band of fibres"
    ),
    "cause": (
        "long hours in one position|a sudden change in training|a poorly placed screen|"
        "a heavy bag|shallow breathing|a cold draught|poor sleep|an old sprain|"
        "repeated reaching|hurried lifting"
    ),
}

SLOTS = {
    slot: [word.strip() for word in (text.split("|") if "|" in text else text.split())]
    for slot, text in SLOT_WORDS.items()
}
